// The mailbox page: mails the product sent, newest first, so that links in them can be clicked.

import { el, note } from './dom.ts'

interface Mail { id: string; at: string; to: string[]; from: string; subject: string; text: string; html: string; links: string[] }

const list = document.getElementById('list')
const place = document.getElementById('mail')
const to = document.getElementById('to') as HTMLInputElement | null
let chosen = ''
let mark = ''

async function refresh(): Promise<void> {
  const address = to?.value.trim() ?? ''
  const answer = await fetch(`/simulator/api/mailbox${address ? `?to=${encodeURIComponent(address)}` : ''}`)
  const mails: Mail[] = (await answer.json()).data
  const next = JSON.stringify([chosen, mails.map(mail => mail.id)])
  if (next === mark) return
  mark = next
  list?.replaceChildren(...(mails.length ? mails.map(mail => el('li', {}, el('button', { type: 'button', 'aria-current': mail.id === chosen, on: { click: () => show(mail) } },
    el('strong', {}, mail.subject || '(no subject)'), el('span', {}, mail.to.join(', ')), el('small', {}, new Date(mail.at).toLocaleTimeString())))) : [el('li', { class: 'empty' }, 'No mail yet.')]))
}

function show(mail: Mail): void {
  chosen = mail.id
  place?.replaceChildren(
    el('h2', {}, mail.subject || '(no subject)'), el('p', { class: 'odd' }, `From ${mail.from} to ${mail.to.join(', ')}`),
    ...(mail.links.length ? [el('ul', { 'aria-label': 'Links in this mail' }, ...mail.links.map(link => el('li', {}, el('a', { href: link, target: '_blank', rel: 'noopener' }, link))))] : []),
    mail.html ? el('iframe', { title: 'The mail as HTML', sandbox: 'allow-popups allow-popups-to-escape-sandbox', src: `/simulator/mailbox/${mail.id}/html` }) : el('pre', {}, mail.text))
  void refresh()
}

async function poll(): Promise<void> {
  await refresh().catch(error => note(`The simulator does not answer: ${String(error)}`))
  setTimeout(() => void poll(), 1500)
}

to?.addEventListener('input', () => void refresh())
void poll()

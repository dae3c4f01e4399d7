// A phone's list of chats: every number a studio has connected; nothing is read until one is opened.

import { chats, type ChatHead, type Persona } from './api.ts'
import { clock } from './bubble.ts'
import type { Screen } from './chat-screen.ts'
import { preview } from './content.ts'
import { el } from './dom.ts'

export function listScreen(persona: Persona, open: (head: ChatHead) => void): Screen {
  const list = el('ul', { class: 'chats' })
  let mark = ''
  const refresh = async () => {
    const heads = await chats(persona.id)
    const next = JSON.stringify(heads)
    if (next === mark) return
    mark = next
    list.replaceChildren(...(heads.length ? heads.map(head => el('li', {}, row(head, open))) : [el('li', { class: 'empty' }, 'No studio has connected a WhatsApp number yet. Connect one in the product, or press “Add number”.')]))
  }
  const view = el('section', { class: 'screen', 'aria-label': `Chats of ${persona.name}` }, el('header', {}, el('div', { class: 'who' }, el('strong', {}, 'Chats'), el('small', {}, persona.hide_phone ? `@${persona.username ?? persona.user_id}` : `+${persona.phone}`))), list)
  return { view, refresh }
}

const row = (head: ChatHead, open: (head: ChatHead) => void): HTMLElement =>
  el('button', { type: 'button', class: 'chat-row', on: { click: () => open(head) } },
    el('span', { class: 'avatar', 'aria-hidden': 'true' }, head.verified_name.slice(0, 1)),
    el('span', { class: 'lines' }, el('strong', {}, head.verified_name), el('span', { class: 'last' }, head.last ? preview(head.last.body) : `Write to +${head.display_phone_number}`)),
    el('span', { class: 'side' }, head.last ? el('small', {}, clock(head.last.at)) : null, head.unread ? el('span', { class: 'unread', 'aria-label': `${head.unread} unread` }, String(head.unread)) : null))

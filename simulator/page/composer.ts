// Where the customer writes: text, attachments, voice notes, and the quote or edit it belongs to.

import { act, upload, type Bubble, type Loose } from './api.ts'
import { preview } from './content.ts'
import { el, iconButton, note, sheet } from './dom.ts'
import { icon } from './icons.ts'
import { record, type Recording } from './voice.ts'

export interface Composer {
  view: HTMLElement
  reply(bubble: Bubble): void
  edit(bubble: Bubble): void
}

export function composer(number: string, persona: string, changed: () => void): Composer {
  let target: { bubble: Bubble; edit: boolean } | undefined
  let fromAd = false
  let recording: Recording | undefined
  const input = el('textarea', { rows: 1, placeholder: 'Message', 'aria-label': 'Message', autocomplete: 'off' })
  const banner = el('div', { class: 'banner', hidden: true })
  const microphone = iconButton('Record a voice note', 'microphone', () => void voice())

  const send = async (spec: Loose) => {
    const around: Loose = { ...(target && !target.edit ? { reply_to: target.bubble.id } : {}), ...(fromAd ? { referral: true } : {}) }
    settle()
    try {
      const { webhook } = await act(number, { persona, ...around, ...spec })
      if (webhook.status !== 200) note(webhook.status === 0 ? 'The product did not answer the webhook' : `The product answered the webhook with ${webhook.status}`)
    } catch (error) {
      note(String(error))
    }
    changed()
  }
  const submit = () => {
    const text = input.value.trim()
    if (!text) return
    input.value = ''
    grow()
    void send(target?.edit ? { kind: 'edit', message_id: target.bubble.id, text } : { kind: 'text', text })
  }
  const attach = async (kind: string, file: File) => {
    const caption = input.value.trim()
    input.value = ''
    await send({ kind: file.type.startsWith('video/') && kind === 'image' ? 'video' : kind, media_id: await upload(number, file, file.name), filename: file.name, mime_type: file.type || undefined, caption: caption || undefined })
  }
  const voice = async () => {
    if (recording) {
      const blob = await recording.stop()
      recording = undefined
      microphone.classList.remove('live')
      return send({ kind: 'voice', media_id: blob ? await upload(number, blob) : undefined })
    }
    recording = await record()
    if (!recording) {
      note('No microphone here: a sample tone is sent')
      return send({ kind: 'voice' })
    }
    microphone.classList.add('live')
    note('Recording. Press again to send.')
  }
  const menu = () => sheet('Attach', close => {
    const entry = (label: string, run: () => void) => el('button', { type: 'button', class: 'entry', on: { click: () => { close(); run() } } }, label)
    return [
      entry('📷 Photo or video', () => pick('image/*,video/*', file => void attach('image', file))),
      entry('📄 Document', () => pick('', file => void attach('document', file))),
      entry('🏞 Sample photo', () => void send({ kind: 'image', caption: input.value.trim() || undefined })),
      entry('💟 Sticker', () => void send({ kind: 'sticker' })),
      entry('📍 Location', () => void send({ kind: 'location', name: 'Plaza Mayor', address: 'Plaza Mayor, Madrid' })),
      entry('👤 Contact card', () => void send({ kind: 'contacts' })),
      entry('📊 Poll (unsupported)', () => void send({ kind: 'poll' })),
      entry(fromAd ? '📣 Not from an ad after all' : '📣 Come from an ad', () => { fromAd = !fromAd; show() }),
    ]
  })
  const show = () => {
    const words = [target ? `${target.edit ? 'Editing' : 'Replying to'}: ${preview(target.bubble.body)}` : '', fromAd ? 'Comes from an ad' : ''].filter(Boolean).join(' · ')
    banner.hidden = words === ''
    banner.replaceChildren(el('span', {}, words), iconButton('Cancel', 'close', settle))
  }
  const settle = () => {
    target = undefined
    fromAd = false
    show()
  }
  const grow = () => {
    input.style.height = 'auto'
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`
  }
  input.addEventListener('input', grow)
  input.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    submit()
  })
  const view = el('div', { class: 'composer' }, banner, el('form', { on: { submit: event => { event.preventDefault(); submit() } } },
    iconButton('Attach', 'attach', menu), input, microphone, el('button', { class: 'icon send', 'aria-label': 'Send', title: 'Send' }, icon('send'))))
  return {
    view,
    reply(bubble) { target = { bubble, edit: false }; show(); input.focus() },
    edit(bubble) { target = { bubble, edit: true }; input.value = preview(bubble.body); show(); input.focus() },
  }
}

function pick(accept: string, take: (file: File) => void): void {
  const input = el('input', { type: 'file', accept })
  input.addEventListener('change', () => { if (input.files?.[0]) take(input.files[0]) })
  input.click()
}

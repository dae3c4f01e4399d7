// The open chat of a phone: header, bubbles, composer; polled every second, and read as long as it is open.

import { act, chat, closeWindow, openChat, type Bubble, type ChatHead, type Persona } from './api.ts'
import { bubbleView, isOnPhone } from './bubble.ts'
import { composer } from './composer.ts'
import { preview } from './content.ts'
import { el, iconButton, note, sheet } from './dom.ts'

export interface Screen { view: HTMLElement; refresh(): Promise<void> }

export function chatScreen(head: ChatHead, persona: Persona, back: () => void): Screen {
  const number = head.phone_number_id
  const shown = new Map<string, { mark: string; view: HTMLElement }>()
  const log = el('div', { class: 'log', role: 'log', 'aria-label': `Chat with ${head.verified_name}`, tabindex: 0 })
  const state = el('small', {}, `+${head.display_phone_number}`)
  const write = composer(number, persona.id, () => void refresh())

  // Stays at the newest bubble, also when a picture grows after it was put there, unless the person scrolled up.
  let atEnd = true
  const stick = () => { if (atEnd) log.scrollTop = log.scrollHeight }
  log.addEventListener('scroll', () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80 })
  log.addEventListener('load', stick, true)
  log.addEventListener('loadedmetadata', stick, true)

  const actions = (bubble: Bubble) => sheet(preview(bubble.body).slice(0, 60), close => {
    const own = bubble.direction === 'in'
    const entry = (label: string, run: () => void) => el('button', { type: 'button', class: 'entry', on: { click: () => { close(); run() } } }, label)
    const tell = (spec: object) => void act(number, { persona: persona.id, message_id: bubble.id, ...spec }).then(refresh, error => note(String(error)))
    return [
      el('div', { class: 'emoji' }, ...['👍', '❤️', '😂', '😮', '😢', '🙏', '💃'].map(emoji => el('button', { type: 'button', 'aria-label': `React ${emoji}`, on: { click: () => { close(); tell({ kind: 'reaction', emoji }) } } }, emoji))),
      bubble.meta.reactions?.in ? entry('Remove my reaction', () => tell({ kind: 'unreaction' })) : null,
      entry('↩ Reply', () => write.reply(bubble)),
      own && bubble.kind === 'text' ? entry('✏️ Edit', () => write.edit(bubble)) : null,
      own ? entry('🗑 Delete for everyone', () => tell({ kind: 'revoke' })) : null,
    ]
  })
  const options = () => sheet('Chat', close => [
    el('button', { type: 'button', class: 'entry', on: { click: () => { close(); void closeWindow(number, persona.id).then(() => note('The 24-hour window is now closed')) } } }, '⏲ Close the 24-hour window'),
    el('button', { type: 'button', class: 'entry', on: { click: () => { close(); void act(number, { persona: persona.id, kind: 'user_preferences', value: 'stop' }).then(() => note('Marketing messages stopped')) } } }, '🔕 Stop marketing messages'),
  ])

  const refresh = async () => {
    const now = await chat(number, persona.id)
    state.textContent = now.typing ? 'typing…' : `+${head.display_phone_number}`
    state.classList.toggle('typing', now.typing)
    const byId = new Map(now.messages.map(bubble => [bubble.id, bubble]))
    for (const bubble of now.messages.filter(isOnPhone)) {
      const mark = JSON.stringify([bubble.status, bubble.meta, bubble.body])
      const known = shown.get(bubble.id)
      if (known?.mark === mark) continue
      const view = bubbleView(number, bubble, byId.get(bubble.meta.reply_to ?? ''), spec => void act(number, { persona: persona.id, ...spec }).then(refresh, error => note(String(error))), () => actions(bubble))
      if (known) known.view.replaceWith(view)
      else log.append(view)
      shown.set(bubble.id, { mark, view })
    }
    stick()
    if (document.visibilityState === 'visible') await openChat(number, persona.id)
  }
  const view = el('section', { class: 'screen chat', 'aria-label': `${persona.name} in the chat with ${head.verified_name}` },
    el('header', {}, iconButton('Back to the chats', 'back', back), el('div', { class: 'who' }, el('strong', {}, head.verified_name), state), iconButton('Chat options', 'options', options)),
    log, write.view)
  return { view, refresh }
}

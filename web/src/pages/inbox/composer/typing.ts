// Tells colleagues that a reply is being written, at most every few seconds, and that it stopped; now and then the person too.
import { api } from '../../../data/api.ts'
import { say } from '../../../data/live.ts'

const again = 4_000
const idle = 6_000
/** What a messenger shows of it lasts a little longer. */
const shownFor = 20_000
let current: string | null = null
let saidAt = 0
let shownTo: string | null = null
let shownAt = 0
let timer: ReturnType<typeof setTimeout> | undefined

export function typed(conversationId: string): void {
  if (current !== conversationId) stopTyping()
  clearTimeout(timer)
  timer = setTimeout(stopTyping, idle)
  if (current === conversationId && Date.now() - saidAt < again) return
  current = conversationId
  saidAt = Date.now()
  say({ type: 'typing', conversation_id: conversationId, on: true })
  if (shownTo === conversationId && Date.now() - shownAt < shownFor) return
  shownTo = conversationId
  shownAt = Date.now()
  // A courtesy: whether it arrives or not changes nothing here.
  void api.put(`/api/conversations/${conversationId}/typing`).catch(() => undefined)
}

export function stopTyping(): void {
  clearTimeout(timer)
  if (current) say({ type: 'typing', conversation_id: current, on: false })
  current = null
}

// Who of the team is here, reading, typing or answering, and whether the customer types. Lives only as long as the line.
import { createSignal } from 'solid-js'
import type { Presence, ServerFrame } from '../../../src/contract/live.ts'

const customerTypingFor = 8_000 // WhatsApp shows its own typing sign for up to 25 s, ours ends sooner than a lie
const [team, setTeam] = createSignal<Presence[]>([])
const [typing, setTyping] = createSignal<ReadonlyMap<string, number>>(new Map())
const timers = new Map<string, ReturnType<typeof setTimeout>>()

export const presence = team

/** Colleagues who look at a conversation now, without me. */
export function colleaguesAt(conversationId: string, me: string): Presence[] {
  return team().filter(each => each.conversation_id === conversationId && each.member_id !== me)
}

/** The colleague who holds the soft lock of a conversation. */
export function answeringAt(conversationId: string, me: string): Presence | undefined {
  return colleaguesAt(conversationId, me).find(each => each.answering)
}

export function customerTypes(conversationId: string): boolean {
  return typing().has(conversationId)
}

export function heard(frame: Extract<ServerFrame, { type: 'presence' | 'customer_typing' }>): void {
  if (frame.type === 'presence') {
    setTeam(frame.members)
    return
  }
  const id = frame.conversation_id
  setTyping(before => new Map(before).set(id, Date.now()))
  clearTimeout(timers.get(id))
  timers.set(id, setTimeout(() => stopped(id), customerTypingFor))
}

/** A message came: the typing is over. */
export function stopped(conversationId: string): void {
  if (!typing().has(conversationId)) return
  clearTimeout(timers.get(conversationId))
  setTyping(before => {
    const after = new Map(before)
    after.delete(conversationId)
    return after
  })
}

/** The line is gone: nothing of this is known any more. */
export function silence(): void {
  setTeam([])
  setTyping(new Map())
}

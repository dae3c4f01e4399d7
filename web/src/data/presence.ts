// Who of the team is here, reading, typing or answering. Lives only as long as the line.
import { createSignal } from 'solid-js'
import type { Presence, ServerFrame } from '../../../src/contract/live.ts'

const [team, setTeam] = createSignal<Presence[]>([])

export const presence = team

/** Colleagues who look at a conversation now, without me. */
export function colleaguesAt(conversationId: string, me: string): Presence[] {
  return team().filter(each => each.conversation_id === conversationId && each.member_id !== me)
}

/** The colleague who holds the soft lock of a conversation. */
export function answeringAt(conversationId: string, me: string): Presence | undefined {
  return colleaguesAt(conversationId, me).find(each => each.answering)
}

export function heard(frame: Extract<ServerFrame, { type: 'presence' }>): void {
  setTeam(frame.members)
}

/** The line is gone: nothing of this is known any more. */
export function silence(): void {
  setTeam([])
}

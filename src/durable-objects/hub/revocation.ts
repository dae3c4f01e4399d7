// Which sockets end when sessions end or members change.
import type { SocketMember } from './socket-member.ts'

/** A member named with `since` (the membership's own time of change, ms) loses only sockets that were opened before it. */
export interface Gone { sessions?: string[]; members?: (string | { id: string; since: number })[] }

export interface Closing { code: 4401 | 4403; reason: string }

/** Null when the socket may stay. */
export function closingOf(member: SocketMember, gone: Gone): Closing | null {
  if (gone.sessions?.includes(member.sessionId) === true) return { code: 4401, reason: 'session ended' }
  const outdated = gone.members?.some(one => (typeof one === 'string' ? one === member.memberId : one.id === member.memberId && member.memberSince < one.since))
  return outdated === true ? { code: 4403, reason: 'role changed' } : null
}

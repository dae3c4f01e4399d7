// Who sits behind a socket: written into its attachment, so that it survives the hub's sleep.
import { z } from 'zod'
import { roles } from '../../contract/policy.ts'

const claims = z.object({
  studioId: z.string(), sessionId: z.string(), memberId: z.string(), name: z.string(), role: z.enum(roles),
  /** When the membership last changed (ms, as the directory has it): a socket of an older one is closed. */
  memberSince: z.number(),
  /** One-use number of the ticket and when the session ends, ms. */
  ticket: z.string(), ticketExpiresAt: z.number(), expiresAt: z.number(), socketLimit: z.number(),
})
export type LiveClaims = z.infer<typeof claims>
export interface SocketMember extends LiveClaims { ready: boolean; focus: string | null }

const cache = new WeakMap<WebSocket, SocketMember>()

/** The header the edge sets after it has verified the ticket; null when it is not what we write. */
export function claimsFrom(header: string | null): LiveClaims | null {
  if (header === null) return null
  const result = claims.safeParse(JSON.parse(decodeURIComponent(header)))
  return result.success ? result.data : null
}

export function memberOf(socket: WebSocket): SocketMember | null {
  const known = cache.get(socket)
  if (known !== undefined) return known
  const stored = socket.deserializeAttachment() as SocketMember | null
  if (stored !== null) cache.set(socket, stored)
  return stored
}

export function setMember(socket: WebSocket, member: SocketMember): void {
  cache.set(socket, member)
  socket.serializeAttachment(member)
}

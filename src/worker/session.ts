// Who is calling: the checked session of a request.
import type { Role } from '../contract/policy.ts'

export interface Session {
  sessionId: string
  loginId: string
  memberId: string
  studioId: string
  role: Role
  name: string
  email: string
  /** When the session itself ends, ms. */
  expiresAt: number
  /** Set when the token came by cookie: such requests must come from our own origin to write. */
  byCookie: boolean
}

// What follows when sessions end or members change: this isolate forgets them, open sockets are closed.
import type { EndedSession } from '../db/directory/sessions.ts'
import { forgetSessions } from './middleware/authenticate.ts'
import { tellHubRevoked } from '../db/relay.ts'
import type { Call } from './route.ts'

export function revoked(call: Pick<Call, 'env' | 'waitUntil'>, ended: EndedSession[]): void {
  const ids = new Set(ended.map(session => session.id))
  forgetSessions(session => ids.has(session.sessionId))
  for (const [studioId, sessions] of Map.groupBy(ended, session => session.studio_id)) {
    call.waitUntil(tellHubRevoked(call.env, studioId, { sessions: sessions.map(session => session.id) }))
  }
}

export function memberRevoked(call: Pick<Call, 'env' | 'waitUntil'>, studioId: string, memberId: string): void {
  forgetSessions(session => session.memberId === memberId)
  call.waitUntil(tellHubRevoked(call.env, studioId, { members: [memberId] }))
}

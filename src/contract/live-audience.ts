// Who hears what on the live line: a frame's body goes only to roles whose routes would show it.
import type { ChangeKind } from './live.ts'
import { may, roles } from './policy.ts'
import type { Permission, Role } from './policy.ts'

/** The permission that reads what a kind of change carries. Roles without it hear that something changed, with `data: null`. */
export const hearing = {
  'message.created': 'conversations.read',
  'message.updated': 'conversations.read',
  'conversation.updated': 'conversations.read',
  'contact.updated': 'contacts.read',
  'contact.erased': 'contacts.read',
  'lead.scored': 'contacts.read',
  'draft.created': 'conversations.read',
  'draft.settled': 'conversations.read',
  'read.marked': 'conversations.read',
  'label.updated': 'conversations.read',
  'label.deleted': 'conversations.read',
  'snippet.updated': 'conversations.read',
  'snippet.deleted': 'conversations.read',
  'knowledge.updated': 'knowledge.read',
  'knowledge.deleted': 'knowledge.read',
  'integration.updated': 'integrations.read',
  'templates.synced': 'templates.read',
  'studio.updated': 'studio.read',
  'member.updated': 'members.read',
  'member.removed': 'members.read',
  'invitation.created': 'members.write',
  'invitation.withdrawn': 'members.write',
  'password.changed': 'audit.read',
  'sessions.ended': 'audit.read',
  'settings.updated': 'studio.read',
  'job.dead': 'jobs.read',
  'job.replayed': 'jobs.read',
  'access.denied': 'audit.read',
  'account.event': 'integrations.read',
} as const satisfies Record<ChangeKind, Permission>

/** Kinds that some role may not hear. */
const closed = new Set((Object.keys(hearing) as ChangeKind[]).filter(kind => roles.some(role => !may(role, hearing[kind]))))

/** False for kinds that everybody hears, and for kinds of another version. */
export function isClosed(kind: ChangeKind): boolean {
  return closed.has(kind)
}

export function mayHear(role: Role, kind: ChangeKind): boolean {
  return !closed.has(kind) || may(role, hearing[kind])
}

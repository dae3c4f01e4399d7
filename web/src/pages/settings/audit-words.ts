// The kinds of change and their authors in plain words.
import type { Member } from '../../../../src/contract/auth.ts'
import type { ChangeKind } from '../../../../src/contract/live.ts'

export const changeWords: Record<ChangeKind, string> = {
  'message.created': 'Message written',
  'message.updated': 'Message changed',
  'conversation.updated': 'Conversation changed',
  'contact.updated': 'Contact changed',
  'contact.erased': 'Contact erased',
  'lead.scored': 'Lead scored',
  'draft.created': 'Draft made',
  'draft.settled': 'Draft settled',
  'read.marked': 'Read',
  'label.updated': 'Label changed',
  'label.deleted': 'Label deleted',
  'snippet.updated': 'Snippet changed',
  'snippet.deleted': 'Snippet deleted',
  'knowledge.updated': 'Knowledge changed',
  'knowledge.deleted': 'Knowledge deleted',
  'integration.updated': 'Connection changed',
  'templates.synced': 'Templates synced',
  'studio.updated': 'Studio changed',
  'member.updated': 'Member changed',
  'member.removed': 'Member removed',
  'invitation.created': 'Invitation made',
  'invitation.withdrawn': 'Invitation withdrawn',
  'password.changed': 'Password changed',
  'sessions.ended': 'Sessions ended',
  'settings.updated': 'Settings changed',
  'job.dead': 'Job given up',
  'job.replayed': 'Job tried again',
  'access.denied': 'Access refused',
  'account.event': 'News of a channel account',
}
export const changeKinds = Object.keys(changeWords) as ChangeKind[]

/** "member:mem_1" becomes the member's name, as long as they work here. */
export function actorWords(actor: string, members: readonly Member[]): string {
  const [kind, id] = actor.split(':')
  if (kind === 'member') return members.find(member => member.id === id)?.name ?? 'A former member'
  return { contact: 'The contact', assistant: 'The assistant', system: 'The system' }[kind ?? ''] ?? actor
}

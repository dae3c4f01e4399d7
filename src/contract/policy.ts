// Who may do what: the one table that the routes enforce and the screens read.

export const roles = ['owner', 'admin', 'agent', 'instructor', 'viewer'] as const
export type Role = (typeof roles)[number]

const everyone = roles
const desk = ['owner', 'admin', 'agent'] as const
const keepers = ['owner', 'admin'] as const

export const policy = {
  'conversations.read': everyone,
  'conversations.write': desk,
  'messages.send': desk,
  'notes.write': ['owner', 'admin', 'agent', 'instructor'],
  'contacts.read': everyone,
  'contacts.write': desk,
  'contacts.delete': keepers,
  'labels.write': desk,
  'search.read': everyone,
  'templates.read': everyone,
  'templates.write': keepers,
  'snippets.write': desk,
  'knowledge.read': everyone,
  'knowledge.write': keepers,
  'assistant.use': desk,
  'assistant.configure': keepers,
  'integrations.read': keepers,
  'integrations.write': keepers,
  'members.read': everyone,
  'members.write': keepers,
  'studio.read': everyone,
  'studio.write': keepers,
  'jobs.read': keepers,
  'jobs.write': keepers,
  'audit.read': keepers,
  'live.listen': everyone,
  'self': everyone,
} as const satisfies Record<string, readonly Role[]>
export type Permission = keyof typeof policy

/** Whether a role holds a permission; `system_admin` logins are checked elsewhere and never through a studio. */
export function may(role: Role, permission: Permission): boolean {
  return (policy[permission] as readonly Role[]).includes(role)
}

/** Roles a member of `role` may give to others: never above their own. */
export function grantableBy(role: Role): readonly Role[] {
  if (role === 'owner') return roles
  if (role === 'admin') return roles.filter(r => r !== 'owner')
  return []
}

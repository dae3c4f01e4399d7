// The roles in plain words; what they may is the policy table's, this only says it.
import type { Role } from '../../../../src/contract/policy.ts'

export const roleWords: Record<Role, { title: string; text: string }> = {
  owner: { title: 'Owner', text: 'Everything, and may make others owners. A studio always has at least one.' },
  admin: { title: 'Admin', text: 'Everything but owners: runs members, channels, knowledge and the assistant, and may delete contacts.' },
  agent: { title: 'Agent', text: 'Works the desk: answers people, keeps contacts, labels and snippets, uses the assistant.' },
  instructor: { title: 'Instructor', text: 'Reads conversations and contacts, and leaves notes for the team. Sends nothing to customers.' },
  viewer: { title: 'Viewer', text: 'Reads only.' },
}

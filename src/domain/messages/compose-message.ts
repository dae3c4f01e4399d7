// Makes of a stored message what a channel sends: the person's keys, the file with its true kind, the template's parts.
import { eq, sql } from 'drizzle-orm'
import type { OutboundMessage, Party, TemplateUse } from '../../contract/channel.ts'
import type { Scope } from '../../db/open-studio.ts'
import { identities } from '../contacts/contacts.sql.ts'
import { templates } from '../integrations/integrations.sql.ts'
import { kindOf } from './check-message.ts'
import { attachments } from './messages.sql.ts'
import type { messages } from './messages.sql.ts'

/** `attempt`: which try this is, from 1. `openFile` opens what lies under a key of the media bucket. */
export async function composeMessage(scope: Scope, message: typeof messages.$inferSelect, attempt: number, openFile: (r2Key: string) => Promise<ReadableStream<Uint8Array>>): Promise<OutboundMessage> {
  const use = message.template === null ? undefined : JSON.parse(message.template) as TemplateUse
  const [keys, files, template] = await Promise.all([
    scope.db.select(identities, { where: eq(identities.conversationId, message.conversationId), orderBy: sql`${identities.createdAt} desc` }),
    scope.db.select(attachments, { where: eq(attachments.messageId, message.id), limit: 1 }),
    use === undefined ? undefined : scope.db.get(templates, sql`${templates.accountId} = ${message.accountId} and ${templates.name} = ${use.name} and ${templates.language} = ${use.language}`),
  ])
  const file = files[0]
  const { r2Key } = file ?? {}
  return {
    id: message.id, to: partyOf(keys), type: message.type as OutboundMessage['type'], content: use === undefined ? message.content : '', attempt,
    replyTo: message.replyTo ?? undefined,
    template: use,
    templateComponents: template === undefined ? undefined : JSON.parse(template.components),
    attachment: file === undefined || typeof r2Key !== 'string' ? undefined : { kind: kindOf(file.kind, message.type), mime: file.mime ?? 'application/octet-stream', filename: file.filename ?? undefined, size: file.size ?? 0, open: () => openFile(r2Key) },
  }
}

export function partyOf(rows: (typeof identities.$inferSelect)[]): Party {
  const keys = rows.map(row => row.key)
  return { keys, phone: keys.find(key => key.startsWith('phone:'))?.slice(6), email: keys.find(key => key.startsWith('mail:'))?.slice(5) }
}

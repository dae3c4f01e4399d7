// A studio with customers who write: messages come in through the same verb that webhooks use.
import { sql } from 'drizzle-orm'
import { env } from 'cloudflare:test'
import { openStudio } from '../../src/db/open-studio.ts'
import type { Scope } from '../../src/db/open-studio.ts'
import { own } from '../../src/db/statement.ts'
import { conversations } from '../../src/domain/conversations/conversations.sql.ts'
import { receive } from '../../src/domain/messages/receive.ts'
import { messages } from '../../src/domain/messages/messages.sql.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { signUp } from './api.ts'
import type { Person } from './api.ts'

const bindings = env as unknown as Bindings
let said = 0

export interface Desk { person: Person; scope: Scope; /** Stores what somebody wrote and answers the ids. */ hear(from: string, content: string, options?: { name?: string; at?: number }): Promise<{ message: string; conversation: string; contact: string }> }

export async function openDesk(): Promise<Desk> {
  const person = await signUp()
  const scope = await openStudio(bindings, person.studioId, { kind: 'system' })
  return {
    person, scope,
    async hear(from, content, { name = 'Ana Pérez', at = Date.now() - 1_000 } = {}) {
      said += 1
      scope.now = Date.now()
      const externalId = `ext.${said}`
      await receive(scope, { account: 'int_test', channel: 'whatsapp' }, [{ kind: 'message', externalId, at, party: { keys: [`phone:${from}`], name, phone: from }, direction: 'inbound', origin: 'live', type: 'text', content, attachments: [], raw: null }], { id: `rcp_${said}`, r2Key: null, raw: '{}' })
      const [row] = await scope.db.all<{ message: string; conversation: string; contact: string }>(sql`select ${messages.id} as message, ${conversations.id} as conversation, ${conversations.contactId} as contact
        from ${own(messages)} join ${own(conversations)} on ${conversations.id} = ${messages.conversationId} where ${messages.externalId} = ${externalId}`)
      if (row === undefined) throw new Error('not stored')
      return row
    },
  }
}

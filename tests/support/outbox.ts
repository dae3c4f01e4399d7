// A studio with one number and one open conversation, and a Meta that answers as the test says: for tests of how sends end.
import { openStudio } from '../../src/db/open-studio.ts'
import { insert } from '../../src/db/statement.ts'
import { templates } from '../../src/domain/integrations/integrations.sql.ts'
import { attachments } from '../../src/domain/messages/messages.sql.ts'
import { newId } from '../../src/platform/ids.ts'
import { runJob } from '../../src/queues/consume.ts'
import { ask, bindings } from './api.ts'
import type { Reply } from './api.ts'
import { addMember } from './member.ts'
import { quiet } from './quiet.ts'
import { makeStudio } from './studio.ts'
import { connectNumber, deliver, textBody } from './whatsapp.ts'

export const { env } = quiet(bindings)
export const shard = bindings.SHARD_0

/** What was asked of Meta since the last studio, and how it answers; null: it agrees. */
export const meta: { calls: { url: string; body: string }[]; answer: (url: string) => Promise<Response | null> } = { calls: [], answer: async () => null }
export const refused = (code: number): Response => Response.json({ error: { code, message: 'no', type: 'OAuthException' } }, { status: 400 })

let sent = 0
/** To stand in for fetch. */
export async function metaFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init)
  meta.calls.push({ url: request.url, body: await request.text() })
  return await meta.answer(request.url) ?? (request.url.endsWith('/media') ? Response.json({ id: 'media1' }) : Response.json({ messages: [{ id: `wamid.out${(sent += 1)}` }], contacts: [] }))
}

export interface Outbox {
  studioId: string
  token: string
  conversation: string
  write(body: unknown): Promise<Reply>
  run(job: string, own?: typeof env): Promise<boolean>
  /** Time passes: what was put off is due. */
  due(job: string): Promise<unknown>
  message(id: string): Promise<{ status: string; error: string | null; external_id: string | null } | null>
  job(id: string): Promise<{ state: string; attempts: number; lease_until: number | null; reason: string | null } | null>
  /** A stored file that no message has taken yet. */
  file(kind: string, mime: string): Promise<string>
  template(components: { type: string; format?: string; text?: string; buttons?: unknown[] }[], variables?: string[]): Promise<{ name: string; language: string }>
  /** Puts other credentials in, as they stand in the row; answers the ones before. */
  credentials(stored: string): Promise<string>
}

export async function openOutbox(): Promise<Outbox> {
  meta.calls.length = 0
  meta.answer = async () => null
  const studioId = await makeStudio(bindings, 0)
  const { token } = await addMember(bindings, studioId, 'owner')
  const number = await connectNumber(bindings, studioId)
  await deliver(env, number, textBody(number, `wamid.in${studioId}`, '4915112345678', 'Hola'))
  const conversation = (await shard.prepare('select id from conversations where studio_id = ?').bind(studioId).first<string>('id')) ?? ''
  const open = () => openStudio(env, studioId, { kind: 'system' })
  return {
    studioId, token, conversation,
    write: body => ask('POST', `/api/conversations/${conversation}/messages`, { env, token, body }),
    run: (job, own = env) => runJob(own, { v: 1, studio: studioId, job }),
    due: job => shard.prepare('update jobs set run_at = 1 where studio_id = ? and id = ?').bind(studioId, job).run(),
    message: id => shard.prepare('select * from messages where studio_id = ? and id = ?').bind(studioId, id).first(),
    job: id => shard.prepare('select * from jobs where studio_id = ? and id = ?').bind(studioId, id).first(),
    async file(kind, mime) {
      const [scope, id] = [await open(), newId('attachment')]
      const r2Key = `studio/${studioId}/attachments/${id}`
      await env.MEDIA.put(r2Key, 'bytes')
      await scope.db.commit([insert(attachments, { id, messageId: null, position: 0, kind, mime, filename: 'x', size: 5, sha256: null, r2Key, state: 'stored', reason: null, source: null, createdAt: scope.now })])
      return id
    },
    async template(components, variables = []) {
      const [scope, id] = [await open(), newId('template')]
      const body = components.find(part => part.type === 'BODY')?.text ?? ''
      await scope.db.commit([insert(templates, { id, accountId: number.integrationId, externalId: id, name: id, language: 'en', category: 'UTILITY', status: 'APPROVED', body, variables: JSON.stringify(variables), components: JSON.stringify(components), syncedAt: scope.now })])
      return { name: id, language: 'en' }
    },
    async credentials(stored) {
      const before = await shard.prepare('select credentials from integrations where studio_id = ?').bind(studioId).first<string>('credentials')
      await shard.prepare('update integrations set credentials = ? where studio_id = ?').bind(stored, studioId).run()
      return before ?? ''
    },
  }
}

// For every kind of job a way in which it comes to be due; the suite that runs all kinds twice fails for a kind that has none here.
import { addJob } from '../../src/db/jobs.ts'
import { openStudio } from '../../src/db/open-studio.ts'
import { insert } from '../../src/db/statement.ts'
import { attachments } from '../../src/domain/messages/messages.sql.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { newId } from '../../src/platform/ids.ts'
import { ask } from './api.ts'
import type { FullStudio } from './full-studio.ts'
import { deliver, envelope, textMessage } from './whatsapp.ts'

type Scene = (env: Bindings, studio: FullStudio) => Promise<unknown>

/** The full studio has left one behind. */
const there: Scene = async () => null
const put = (env: Bindings, studio: FullStudio, path: string, body: unknown) => ask('PUT', path, { env, token: studio.owner.token, body })

export const scenes: Record<string, Scene> = {
  send: there,
  react: there,
  think: there,
  unpark: there,
  'mail.send': there,
  'media.fetch': there,
  unsnooze: (env, studio) => put(env, studio, `/api/conversations/${studio.ids.conversation}/status`, { status: 'snoozed', until: new Date(Date.now() + 3_600_000).toISOString() }),
  'templates.sync': (env, studio) => addOf(env, studio, 'templates.sync', studio.ids.integration),
  'health.check': (env, studio) => addOf(env, studio, 'health.check', studio.ids.integration),
  'integration.sweep': (env, studio) => addOf(env, studio, 'integration.sweep', newId('integration')),
  'media.erase': (env, studio) => addOf(env, studio, 'media.erase', studio.ids.attachment),
  'media.sweep': async (env, studio) => {
    const scope = await openStudio(env, studio.id, { kind: 'system' })
    const id = newId('attachment')
    await env.MEDIA.put(`studio/${studio.id}/attachments/${id}`, 'never sent')
    await scope.db.commit([insert(attachments, { id, messageId: null, position: 0, kind: 'image', mime: 'image/png', filename: 'x.png', size: 10, sha256: null, r2Key: `studio/${studio.id}/attachments/${id}`, state: 'stored', reason: null, source: null, createdAt: scope.now })])
    return addOf(env, studio, 'media.sweep', id)
  },
  'contact.scrub': (env, studio) => addOf(env, studio, 'contact.scrub', studio.ids.contact),
  receipt: (env, studio) => deliver(env, studio.number, envelope(studio.number, { contacts: [], messages: Array.from({ length: 60 }, (_, i) => textMessage(`wamid.many${i}`, `49151000${1000 + (i % 7)}`, `line ${i}`)) })),
}

async function addOf(env: Bindings, studio: FullStudio, kind: string, subject: string): Promise<void> {
  const scope = await openStudio(env, studio.id, { kind: 'system' })
  await scope.db.commit([addJob({ id: `${kind}:${subject}`, kind, queue: 'chores', subject, runAt: scope.now }, { debounce: true })])
}

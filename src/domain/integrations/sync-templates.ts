// Copies an account's message templates from the provider, so that the composer knows what may be sent.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { MessageTemplate } from '../../contract/channel.ts'
import { change } from '../../db/changes.ts'
import { addJob, finishJob } from '../../db/jobs.ts'
import type { ClaimedJob, JobEnd } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { insertSelect, remove } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { newId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { openAccount } from './account.ts'
import { integrations, templates } from './integrations.sql.ts'
import type { Providers } from './provider.ts'

/** One JSON parameter must stay below D1's 2 MB. */
const perStatement = 200

export function syncJob(accountId: string, now: number): Write {
  return addJob({ id: `templates.sync:${accountId}`, kind: 'templates.sync', queue: 'chores', subject: accountId, runAt: now }, { debounce: true })
}

/** Of every connected account; how many there are now. Throws PROVIDER_FAILED with the provider's words. */
export async function syncTemplates(scope: Scope, providers: Providers): Promise<number> {
  const accounts = await scope.db.select(integrations, { where: sql`${integrations.isActive} = 1 and ${integrations.disconnectedAt} is null` })
  const found = await Promise.all(accounts.map(({ id }) => fetchTemplates(scope, id, providers)))
  const known = found.flatMap((list, i) => (list === null ? [] : [{ id: accounts[i]?.id ?? '', list }]))
  if (known.length > 0) await scope.db.commit(known.flatMap(({ id, list }) => writes(scope, id, list)))
  return known.reduce((sum, { list }) => sum + list.length, 0)
}

export async function syncTemplatesJob(scope: Scope, job: ClaimedJob, providers: Providers): Promise<JobEnd> {
  const list = await fetchTemplates(scope, job.subject ?? '', providers)
  if (list === null) return { done: 'no templates here' }
  await scope.db.commit([...writes(scope, job.subject ?? '', list), finishJob(job, 'done')])
  return 'ended'
}

async function fetchTemplates(scope: Scope, accountId: string, providers: Providers): Promise<MessageTemplate[] | null> {
  const account = await openAccount(scope, accountId)
  const answer = account === undefined ? null : await providers(account.channel)?.templates(account) ?? null
  if (answer === null) return null
  if (!answer.ok) throw new Problem('PROVIDER_FAILED', answer.reason)
  return answer.templates
}

/** What the provider no longer lists goes; what it lists keeps its id. */
function writes(scope: Scope, accountId: string, list: MessageTemplate[]): Write[] {
  const rows = list.map(({ components, variables, ...rest }) => ({ id: newId('template', scope.now), ...rest, components: JSON.stringify(components), variables: JSON.stringify(variables) }))
  const pages = Array.from({ length: Math.ceil(rows.length / perStatement) }, (_, i) => rows.slice(i * perStatement, (i + 1) * perStatement))
  return [
    ...pages.map(page => upsert(accountId, page)),
    remove(templates, sql`${templates.accountId} = ${accountId} and not exists (select 1 from json_each(${JSON.stringify(rows.map(row => [row.name, row.language]))}) k
      where k.value ->> 0 = ${templates.name} and k.value ->> 1 = ${templates.language})`),
    change('templates.synced', accountId, sql`json_object('account_id', ${accountId}, 'count', ${rows.length})`),
  ]
}

function upsert(accountId: string, page: object[]): Write {
  const of = (field: string): SQL => sql.raw(`t.value ->> '${field}'`)
  return insertSelect(templates, {
    id: of('id'), accountId, externalId: of('externalId'), name: of('name'), language: of('language'), category: of('category'), status: of('status'),
    body: of('body'), variables: of('variables'), components: of('components'), syncedAt: sql.placeholder('now'),
  }, sql`from json_each(${JSON.stringify(page)}) t where true`, {
    onConflict: sql`on conflict (studio_id, account_id, name, language) do update set external_id = excluded.external_id, category = excluded.category,
      status = excluded.status, body = excluded.body, variables = excluded.variables, components = excluded.components, synced_at = excluded.synced_at`,
  })
}

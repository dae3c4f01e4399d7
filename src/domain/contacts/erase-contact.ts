// Forgets a person: one batch takes away all that was said and known; what stays is ids, so that a redelivery brings nothing back.
import { eq, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { change } from '../../db/changes.ts'
import { changes } from '../../db/changes.sql.ts'
import { addJob, cancelJobs } from '../../db/jobs.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own, remove, update } from '../../db/statement.ts'
import type { Write } from '../../db/statement.ts'
import { notFound } from '../../platform/problem.ts'
import { conversations, readMarks } from '../conversations/conversations.sql.ts'
import { decisions } from '../decisions/decisions.sql.ts'
import { drafts } from '../drafts/drafts.sql.ts'
import { conversationLabels } from '../labels/labels.sql.ts'
import { attachments, messages, parkedStatuses, reactions } from '../messages/messages.sql.ts'
import { idempotency } from '../studios/studios.sql.ts'
import { contacts, identities, leadHistory, leadScores } from './contacts.sql.ts'
import { scrubJob } from './scrub-receipts.ts'

/** Bytes and raw webhook bodies go by jobs right after. Throws NOT_FOUND, also for one that was erased before. */
export async function eraseContact(scope: Scope, id: string): Promise<void> {
  const contact = await scope.db.get(contacts, sql`${contacts.id} = ${id} and ${contacts.erasedAt} is null`)
  if (contact === undefined) throw notFound('contact')
  const keys = await scope.db.select(identities, { where: eq(identities.contactId, id) })
  await scope.db.commit([
    scrubJob(scope, id, [...keys.map(row => row.key), ...(contact.phone === null ? [] : [`phone:${contact.phone}`]), ...(contact.email === null ? [] : [`mail:${contact.email}`])]),
    ...forgetMessages(scope, id), ...forgetThoughts(id), ...forgetLog(id), ...forgetThreads(id),
    remove(identities, eq(identities.contactId, id)),
    update(contacts, { name: '', phone: null, email: null, notes: '', firstTouch: null, statusReason: null, leadScore: 0, leadStatus: 'NEW', updatedAt: scope.now, erasedAt: scope.now }, eq(contacts.id, id)),
    change('contact.erased', id, sql`json_object('contact_id', ${id})`),
  ])
}

const threads = (id: string): SQL => sql`(select t.id from ${own(conversations, 't')} where t.contact_id = ${id})`
const said = (id: string): SQL => sql`(select s.id from ${own(messages, 's')} where s.conversation_id in ${threads(id)})`

function forgetMessages(scope: Scope, id: string): Write[] {
  const theirs = sql`${messages.conversationId} in ${threads(id)}`
  const filesOf = sql`${attachments.messageId} in ${said(id)}`
  return [
    cancelJobs(sql`id in (select 'send:' || value from (select s.id as value from ${own(messages, 's')} where s.conversation_id in ${threads(id)} and s.status in ('queued', 'scheduled')))
      or (kind in ('think', 'unsnooze') and subject in ${threads(id)})`, 'erased'),
    addJob({ id: sql`'media.erase:' || ${attachments.id}`, kind: 'media.erase', queue: 'chores', subject: attachments.id, runAt: scope.now }, { tail: sql`from ${own(attachments)} where ${filesOf}`, debounce: true }),
    update(attachments, { state: 'failed', reason: 'erased', filename: null, source: null, mime: null }, filesOf),
    remove(reactions, sql`exists (select 1 from ${own(messages, 's')} where s.account_id = ${reactions.accountId} and s.external_id = ${reactions.target} and s.conversation_id in ${threads(id)})`),
    remove(parkedStatuses, sql`exists (select 1 from ${own(identities, 'k')} where k.contact_id = ${id} and k.account_id = ${parkedStatuses.accountId} and instr(${parkedStatuses.event}, k.key) > 0)`),
    update(messages, {
      content: '', details: null, template: null, error: null, deletedAt: scope.now,
      authorName: sql`case when ${messages.authorKind} = 'member' then ${messages.authorName} end`, status: sql`case when ${messages.status} in ('queued', 'scheduled') then 'canceled' else ${messages.status} end`,
    }, theirs),
  ]
}

function forgetThoughts(id: string): Write[] {
  return [
    update(decisions, { inputs: '{}', sources: '[]' }, sql`${decisions.subject} = ${id} or ${decisions.subject} in ${threads(id)}`),
    remove(leadScores, eq(leadScores.contactId, id)),
    remove(leadHistory, eq(leadHistory.contactId, id)),
  ]
}

/** The log keeps who did what when; what it was goes. Answers kept for repeated requests go too. */
function forgetLog(id: string): Write[] {
  return [
    update(changes, { body: null }, sql`body is not null and (subject = ${id} or subject in ${threads(id)} or subject in ${said(id)}
      or subject in (select d.id from ${own(drafts, 'd')} where d.conversation_id in ${threads(id)}))`),
    remove(idempotency, sql`instr(${idempotency.answer}, ${id}) > 0 or exists (select 1 from ${own(conversations, 't')} where t.contact_id = ${id} and instr(${idempotency.answer}, t.id) > 0)`),
  ]
}

/** Messages stay as bare ids without a thread; a new word from the same person begins anew. */
function forgetThreads(id: string): Write[] {
  return [
    remove(drafts, sql`${drafts.conversationId} in ${threads(id)}`),
    remove(conversationLabels, sql`${conversationLabels.conversationId} in ${threads(id)}`),
    remove(readMarks, sql`${readMarks.conversationId} in ${threads(id)}`),
    remove(conversations, eq(conversations.contactId, id)),
  ]
}

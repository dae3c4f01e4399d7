// A studio that has two of everything, made over the product's own routes where there is one, with a word in it that no other has.
import { sql } from 'drizzle-orm'
import { addJob } from '../../src/db/jobs.ts'
import { jobs } from '../../src/db/jobs.sql.ts'
import { openStudio } from '../../src/db/open-studio.ts'
import { insert, update } from '../../src/db/statement.ts'
import { contacts, leadHistory, leadScores } from '../../src/domain/contacts/contacts.sql.ts'
import { decisions } from '../../src/domain/decisions/decisions.sql.ts'
import { drafts } from '../../src/domain/drafts/drafts.sql.ts'
import { templates } from '../../src/domain/integrations/integrations.sql.ts'
import { attachments, messages } from '../../src/domain/messages/messages.sql.ts'
import type { Bindings } from '../../src/platform/bindings.ts'
import { newId } from '../../src/platform/ids.ts'
import { roles } from '../../src/contract/policy.ts'
import { ask } from './api.ts'
import { addMember, addSession } from './member.ts'
import type { Member } from './member.ts'
import { makeStudio } from './studio.ts'
import { connectNumber, deliver, envelope, textMessage } from './whatsapp.ts'
import type { Number_ } from './whatsapp.ts'

/** One id per noun; `message` came in and reached the provider, `failed`, `scheduled` and `queued` are ours. */
export interface Ids { contact: string; conversation: string; message: string; failed: string; scheduled: string; attachment: string; label: string; snippet: string; knowledge: string; draft: string; job: string; invitation: string; member: string; session: string; integration: string; studio: string }
export interface FullStudio { id: string; word: string; owner: Member; people: Member[]; number: Number_; ids: Ids; /** Texts one of which every row of this studio holds. */ marks: string[] }

let made = 0

export async function fullStudio(env: Bindings): Promise<FullStudio> {
  made += 1
  const word = `zanzibar${made}${crypto.randomUUID().slice(0, 8)}`
  const id = await makeStudio(env)
  const owner = await addMember(env, id, 'owner', word)
  const people = [owner, ...(await Promise.all(roles.filter(role => role !== 'owner').map(role => addMember(env, id, role, word))))]
  const session = await addSession(env, id, owner.loginId)
  const number = await connectNumber(env, id, { verifyToken: `verify-${word}` })
  const post = async (path: string, body: unknown, method = 'POST'): Promise<any> => {
    const reply = await ask(method, path, { env, token: owner.token, body, headers: method === 'POST' ? { 'idempotency-key': `${word}${path}${JSON.stringify(body).length}` } : {} })
    if (reply.status > 201) throw new Error(`${method} ${path} answered ${reply.status}: ${reply.text}`)
    return reply.body.data
  }
  await deliver(env, number, envelope(number, {
    contacts: [{ profile: { name: `Ana ${word}` }, wa_id: '4915112345678' }, { profile: { name: `Ben ${word}` }, wa_id: '4915112345679' }],
    messages: [textMessage(`wamid.${word}.1`, '4915112345678', `How much is a trial, ${word}?`), textMessage(`wamid.${word}.2`, '4915112345679', `Hola ${word}`), { from: '4915112345678', id: `wamid.${word}.3`, timestamp: String(Math.floor(Date.now() / 1000)), type: 'image', image: { id: `media${made}`, mime_type: 'image/jpeg', caption: word } }],
    statuses: [{ id: `wamid.${word}.unknown`, status: 'delivered', timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: '4915112345678' }],
  }))
  const list = await ask('GET', '/api/conversations', { env, token: owner.token })
  const conversation = (list.body.data as { id: string; contact: { id: string; name: string } }[]).find(row => row.contact.name.startsWith('Ana'))
  if (conversation === undefined) throw new Error(`no conversation: ${list.text}`)
  const thread = (await ask('GET', `/api/conversations/${conversation.id}`, { env, token: owner.token })).body.data.messages as { id: string }[]
  const at = `/api/conversations/${conversation.id}`
  const [label, , snippet, , knowledge, , invitation] = [
    await post('/api/labels', { name: `VIP ${word}`, color: '#aa3366' }), await post('/api/labels', { name: `Later ${word}`, color: '#3366aa' }),
    await post('/api/snippets', { title: `Hi ${word}`, content: `Hello ${word}` }), await post('/api/snippets', { title: `Bye ${word}`, content: `Bye ${word}` }),
    await post('/api/knowledge', { title: `Prices ${word}`, content: `A trial costs 10 EUR ${word}.`, category: 'prices' }), await post('/api/knowledge', { title: `Where ${word}`, content: `Main street ${word}`, category: 'location' }),
    await post('/api/invitations', { email: `${word}@example.org`, role: 'agent' }), await post('/api/invitations', { role: 'viewer' }),
  ]
  await post('/api/ai-settings', { tone: `Kind ${word}` }, 'PUT')
  await post(`${at}/labels`, { labels: [label.id] }, 'PUT')
  await post(`${at}/assignment`, { assignee_id: owner.memberId }, 'PUT')
  await post(`${at}/messages`, { type: 'note', content: `Note ${word}` })
  const failed = await post(`${at}/messages`, { content: `Ours ${word}` })
  const scheduled = await post(`${at}/messages`, { content: `Tomorrow ${word}`, send_at: new Date(Date.now() + 3_600_000).toISOString() })
  await post(`${at}/read`, {}, 'PUT')
  await post(`/api/messages/${thread[0]?.id}/reaction`, { emoji: '👍' }, 'PUT')
  const more = await addDirectly(env, id, word, { conversation: conversation.id, contact: conversation.contact.id, integration: number.integrationId, failed: failed.id })
  const ids: Ids = {
    contact: conversation.contact.id, conversation: conversation.id, message: thread[0]?.id ?? '', failed: failed.id, scheduled: scheduled.id, label: label.id, snippet: snippet.id, knowledge: knowledge.id,
    invitation: invitation.id, member: people[2]?.memberId ?? '', session, integration: number.integrationId, studio: id, ...more,
  }
  return { id, word, owner, people, number, ids, marks: [id, word, session, ...people.flatMap(person => [person.loginId, person.memberId, person.sessionId])] }
}

/** Rows that only jobs and providers make. */
async function addDirectly(env: Bindings, studioId: string, word: string, known: { conversation: string; contact: string; integration: string; failed: string }): Promise<{ attachment: string; draft: string; job: string }> {
  const scope = await openStudio(env, studioId, { kind: 'system' })
  const [attachment, draft, decision, job] = [newId('attachment'), newId('draft'), newId('decision'), `think:dead-${word}`]
  await env.MEDIA.put(`studio/${studioId}/${attachment}`, `bytes of ${word}`)
  const template = (name: string) => insert(templates, { id: newId('template'), accountId: known.integration, externalId: `ext-${name}`, name, language: 'en', category: 'UTILITY', status: 'APPROVED', body: `Hello ${word} {{1}}`, variables: '["1"]', components: '[]', syncedAt: scope.now })
  const factors = JSON.stringify({ interest: 10, urgency: 5, budget: 5, fit: 5 })
  await scope.db.commit([
    insert(attachments, { id: attachment, messageId: null, position: 0, kind: 'image', mime: 'image/png', filename: `${word}.png`, size: 10, sha256: null, r2Key: `studio/${studioId}/${attachment}`, state: 'stored', reason: null, source: null, createdAt: scope.now }),
    insert(drafts, { id: draft, conversationId: known.conversation, seenSeq: 1, suggestions: JSON.stringify([{ text: `Draft ${word}`, intent: 'answer', sources: [] }]), decisionId: decision, outcome: null, messageId: null, editDistance: null, createdAt: scope.now }),
    insert(decisions, { id: decision, kind: 'reply', subject: known.conversation, inputsHash: 'h', inputs: '{}', sources: '[]', provider: 'built-in', model: null, promptVersion: '1', verdict: 'drafted', fallbackFrom: null, latencyMs: 1, tokens: 0, costMicros: 0, at: scope.now }),
    insert(leadScores, { id: newId('score'), contactId: known.contact, seenSeq: 1, score: 25, factors, evidence: '[]', decisionId: decision, at: scope.now }),
    insert(leadHistory, { id: `${word}-h`, contactId: known.contact, what: 'score', old: null, new: '25', why: `asked ${word}`, changedBy: null, changedAt: scope.now }),
    update(contacts, { leadScore: 25, email: `ana@${word}.example.org` }, sql`${contacts.id} = ${known.contact}`),
    template(`greeting_${word}`), template(`reminder_${word}`),
    addJob({ id: job, kind: 'think', queue: 'assistant', subject: known.conversation, runAt: scope.now }),
    update(jobs, { state: 'dead', reason: word, finishedAt: scope.now }, sql`${jobs.id} = ${job}`),
    update(messages, { status: 'failed', error: JSON.stringify({ code: '1', reason: word, next: 'x' }) }, sql`${messages.id} = ${known.failed}`),
  ])
  return { attachment, draft, job }
}

// The outbox of this screen: what the composer hands over, shown at once and sent when the line allows.
import { createSignal } from 'solid-js'
import type { Attachment, Message, SendBody } from '../../../src/contract/inbox.ts'
import { newMessageId } from '../lib/message-id.ts'
import { api, ApiError, call, reasonOf } from './api.ts'
import { onChange, seqNow } from './feed.ts'
import { onLive } from './live.ts'
import { settleDraft } from './drafts.ts'
import { Outbox, type OutboxItem, type Try } from './outbox.ts'
import { openShelf } from './outbox-shelf.ts'
import { commit, facts } from './store.ts'

let outbox: Outbox | null = null
const [items, setItems] = createSignal<readonly OutboxItem[]>([])
const [lasting, setLasting] = createSignal(true)
/** Whether waiting messages survive a reload of this page. */
export const outboxLasts = lasting

/** Written here and not yet known to the server, oldest first. */
export function pendingOf(conversationId: string): OutboxItem[] {
  return items().filter(item => item.conversation_id === conversationId)
}
export function pendingCount(): number {
  return items().length
}

export async function startOutbox(memberId: string): Promise<void> {
  stopOutbox()
  const { shelf, lasting: lasts } = await openShelf(memberId)
  setLasting(lasts)
  const made = new Outbox({ shelf, send, changed: () => setItems(made.items()), alone: alone(memberId) })
  outbox = made
  await made.restore()
}

export function stopOutbox(): void {
  outbox?.end()
  outbox = null
  setItems([])
}

/** Hands a message over; it is on its way from here on. Returns its id. */
export async function post(conversationId: string, body: Omit<SendBody, 'id'>, file: OutboxItem['file'] = null, draft?: OutboxItem['draft']): Promise<string> {
  const id = newMessageId()
  await outbox?.add({ id, conversation_id: conversationId, body, file, draft, written_at: Date.now(), tries: 0, state: 'waiting', reason: '' })
  return id
}

export function retryPending(id: string): void {
  void outbox?.retry(id)
}
export function discardPending(id: string): void {
  void outbox?.settle(id)
}

async function send(item: OutboxItem): Promise<Try> {
  try {
    let body = item.body
    if (item.file && !body.attachments?.length) body = { ...body, attachments: [(await upload(item.file)).id] }
    const asked = seqNow()
    const message = await api.post<Message>(`/api/conversations/${item.conversation_id}/messages`, { ...body, id: item.id }, item.id)
    const newer = (facts.threads.get(item.conversation_id)?.touched.get(item.id) ?? 0) > asked
    if (!newer) commit([{ at: 'message', value: message, seq: 0 }])
    if (item.draft) void settleDraft(item.draft.id, item.draft.outcome, item.draft.suggestion, item.id)
    return { outcome: 'accepted' }
  } catch (error) {
    if (!(error instanceof ApiError)) return { outcome: 'refused', reason: reasonOf(error) }
    if (error.passes || error.status === 401) return { outcome: 'later', afterMs: error.retryAfterMs }
    return { outcome: 'refused', reason: error.message }
  }
}

/** Uploads bytes; throws ApiError. */
export async function upload(file: { blob: Blob; name: string }): Promise<Attachment> {
  const headers = { 'content-type': file.blob.type || 'application/octet-stream', 'x-filename': encodeURIComponent(file.name) }
  return (await call<Attachment>('POST', '/api/attachments', { raw: file.blob, headers })).data
}

function alone(memberId: string): ((work: () => Promise<void>) => Promise<void>) | undefined {
  if (!navigator.locks) return undefined
  return work => navigator.locks.request(`studio-outbox-${memberId}`, work) as Promise<void>
}

onLive(() => outbox?.pump())
onChange('message.created', change => {
  const id = change.data?.message.id
  if (id && outbox?.has(id)) void outbox.settle(id)
})

// Keeps the index up with D1: first everything by pages, newest first, then the change log from where the reading began.
import type { ChangeBodies } from '../../contract/live.ts'
import { changesAfter, headSeq } from '../../db/changes.ts'
import type { Change } from '../../db/changes.ts'
import type { Scope } from '../../db/open-studio.ts'
import { contactPage, messagePage } from '../../domain/search/search.read.ts'
import type { ContactText, MessageText } from '../../domain/search/search.read.ts'
import type { IndexStore } from './index-store.ts'

const pageSize = 500
/** Above every id: pages are read downwards. */
const top = '~'

/** Takes one step; true when the index has caught up. `atomic` runs a step's writes as one. */
export async function step(store: IndexStore, scope: Scope, atomic: (write: () => void) => void): Promise<boolean> {
  if (store.get('epoch') !== scope.studio.epoch) {
    const [head] = await scope.db.all<{ seq: number }>(headSeq)
    atomic(() => {
      store.clear()
      store.set('studio', scope.studio.id)
      store.set('epoch', scope.studio.epoch)
      store.set('seq', String(head?.seq ?? 0))
      store.set('contacts', top)
      store.set('messages', top)
    })
  }
  if (store.get('contacts') !== '') return (await readContacts(store, scope, atomic), false)
  if (store.get('messages') !== '') return (await readMessages(store, scope, atomic), false)
  const rows = await scope.db.all<Change>(changesAfter, { after: Number(store.get('seq') ?? 0), limit: pageSize })
  atomic(() => {
    for (const row of rows) apply(store, row)
    const last = rows.at(-1)
    if (last !== undefined) store.set('seq', String(last.seq))
  })
  return rows.length < pageSize
}

async function readContacts(store: IndexStore, scope: Scope, atomic: (write: () => void) => void): Promise<void> {
  const rows = await scope.db.all<ContactText>(contactPage, { before: store.get('contacts'), limit: pageSize })
  atomic(() => {
    for (const row of rows) store.put({ kind: 'contact', id: row.id, contact: row.id, conversation: null, at: row.at, text: row.name, phone: row.phone, email: row.email })
    store.set('contacts', rows.length < pageSize ? '' : rows.at(-1)?.id ?? '')
  })
}

async function readMessages(store: IndexStore, scope: Scope, atomic: (write: () => void) => void): Promise<void> {
  const rows = await scope.db.all<MessageText>(messagePage, { before: store.get('messages'), limit: pageSize })
  atomic(() => {
    for (const row of rows) if (row.deleted === null) store.put({ kind: 'message', id: row.id, contact: row.contact, conversation: row.conversation, at: row.at, text: row.content, phone: null, email: null })
    store.set('messages', rows.length < pageSize ? '' : rows.at(-1)?.id ?? '')
  })
}

/** One change; kinds that say nothing searchable are passed over. An erased body takes its document along. */
function apply(store: IndexStore, change: Change): void {
  if (change.kind === 'contact.erased') return store.removeContact(change.subject ?? '')
  if (change.kind === 'contact.updated') {
    if (change.body === null) return store.removeContact(change.subject ?? '')
    const { contact } = JSON.parse(change.body) as ChangeBodies['contact.updated']
    return store.put({ kind: 'contact', id: contact.id, contact: contact.id, conversation: null, at: Date.parse(contact.created_at), text: contact.name, phone: contact.phone, email: contact.email })
  }
  if (change.kind !== 'message.created' && change.kind !== 'message.updated') return
  if (change.body === null) return store.remove(change.subject ?? '')
  const body = JSON.parse(change.body) as ChangeBodies['message.updated'] & Partial<ChangeBodies['message.created']>
  const { message, conversation } = body
  const contact = conversation?.contact.id ?? store.contactOf(message.conversation_id) ?? ''
  if (message.deleted_at === null) store.put({ kind: 'message', id: message.id, contact, conversation: message.conversation_id, at: Date.parse(message.sent_at), text: message.content, phone: null, email: null })
  else store.remove(message.id)
  if (conversation === undefined) return
  const known = store.find(contact)
  store.put({ kind: 'contact', id: contact, contact, conversation: null, at: Date.parse(conversation.created_at), text: conversation.contact.name, phone: conversation.contact.phone, email: known?.email ?? null })
}

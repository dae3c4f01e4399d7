// Writes years of conversations straight into a shard, as the product would have left them, in seconds instead of hours.
import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** One studio's history: `perConversation` messages each, told round by round, so the newest of every thread are close together. */
export interface History { studioId: string; accountId: string; conversations: number; perConversation: number }

// Column by column; what is left out has a default. A change of the schema breaks this loudly, by a missing column.
const COLUMNS = {
  contacts: 'studio_id, id, name, phone, source, created_at, updated_at',
  identities: 'studio_id, id, account_id, channel, key, contact_id, conversation_id, display, created_at',
  conversations: 'studio_id, id, contact_id, account_id, channel, last_message_at, last_seq, last_inbound_seq, last_inbound_at, preview, waiting_since, created_at',
  messages: 'studio_id, id, conversation_id, account_id, seq, direction, type, content, channel, status, external_id, author_kind, author_id, sent_at, created_at',
  changes: 'studio_id, seq, at, kind, subject, actor, body',
} as const
type Table = keyof typeof COLUMNS

const FIRST_NAMES = ['Maya', 'Noor', 'Lena', 'Ida', 'Chloé', 'Yuki', 'Zoë', 'Amal', 'Sofía', 'Ruth', 'Jonas', 'Émile', 'Kofi', 'Li']
const LAST_NAMES = ['Lindqvist', 'Haddad', 'Okafor', 'Brandt', 'Núñez', 'Sato', 'Meyer', 'Rossi', 'Dubois', 'Novak', 'Silva', 'Kaya', 'Berg']
const WORDS = ('ballet jazz hiphop trial class tuesday thursday place price shoes recital costume term parking late sick daughter son '
  + 'level beginner teacher room payment card family discount sibling holiday camp video photo stage rehearsal').split(' ')
const MESSAGE_GAP_MS = 60_000
const COMMIT_EVERY = 50_000

/** Adds the histories to the shard, after whatever changes each studio already has. */
export function writeHistory(db: DatabaseSync, histories: History[]): void {
  db.exec('PRAGMA synchronous = OFF')
  const insert = Object.fromEntries(Object.entries(COLUMNS).map(([table, columns]) =>
    [table, db.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.split(',').map(() => '?').join(', ')})`)])) as Record<Table, StatementSync>
  let written = 0
  db.exec('BEGIN')
  for (const history of histories) {
    const first = Number(db.prepare('SELECT COALESCE(MAX(seq), 0) AS seq FROM changes WHERE studio_id = ?').get(history.studioId)!.seq) + 1
    const messages = history.conversations * history.perConversation
    const start = Date.now() - (messages + 1) * MESSAGE_GAP_MS
    for (let index = 0; index < messages; index++) {
      writeMessage(insert, history, index, first + index, start + index * MESSAGE_GAP_MS)
      if (++written % COMMIT_EVERY === 0) db.exec('COMMIT; BEGIN')
    }
    for (let index = 0; index < history.conversations; index++) writeConversation(insert, history, index, first, start)
  }
  db.exec('COMMIT; PRAGMA synchronous = FULL; PRAGMA optimize')
}

function writeMessage(insert: Record<Table, StatementSync>, history: History, index: number, seq: number, at: number): void {
  const { studioId, accountId, conversations, perConversation } = history
  const conversation = index % conversations
  const id = `msg_${pad(at)}${pad(index)}`
  // Counted from the end, so that every thread ends with the customer.
  const inbound = (perConversation - 1 - Math.floor(index / conversations)) % 3 !== 1
  insert.messages.run(studioId, id, `cnv_seed${pad(conversation)}`, accountId, seq, inbound ? 'inbound' : 'outbound', 'text', textOf(index), 'whatsapp',
    inbound ? 'received' : 'read', `wamid.SEED${pad(index)}`, inbound ? 'contact' : 'member', inbound ? `ctc_seed${pad(conversation)}` : null, at, at)
  // Bodies of old changes are not on any path measured here; null is what erasure leaves.
  insert.changes.run(studioId, seq, at, 'message.created', id, 'contact', null)
}

function writeConversation(insert: Record<Table, StatementSync>, history: History, index: number, firstSeq: number, start: number): void {
  const { studioId, accountId, conversations, perConversation } = history
  const last = index + (perConversation - 1) * conversations
  const at = start + last * MESSAGE_GAP_MS
  const name = `${FIRST_NAMES[index % FIRST_NAMES.length]} ${LAST_NAMES[Math.floor(index / FIRST_NAMES.length) % LAST_NAMES.length]}`
  const phone = `+49151${pad(index)}`
  insert.contacts.run(studioId, `ctc_seed${pad(index)}`, name, phone, 'whatsapp', start, start)
  insert.identities.run(studioId, `${accountId}|phone:${phone}`, accountId, 'whatsapp', `phone:${phone}`, `ctc_seed${pad(index)}`, `cnv_seed${pad(index)}`, phone, start)
  insert.conversations.run(studioId, `cnv_seed${pad(index)}`, `ctc_seed${pad(index)}`, accountId, 'whatsapp', at, firstSeq + last, firstSeq + last, at, textOf(last), at, start)
}

/** Six words that depend on the number alone, and one that only this message has: `note1234`. */
export function textOf(index: number): string {
  const words = Array.from({ length: 6 }, (_, position) => WORDS[(index * (position * 7 + 3) + position * position) % WORDS.length])
  return `${words.join(' ')} note${index}`
}

function pad(value: number): string { return String(value).padStart(8, '0') }

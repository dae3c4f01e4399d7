// What search reads of D1: pages for its index, and the rows of its hits as they stand.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import { own } from '../../db/statement.ts'
import { contacts } from '../contacts/contacts.sql.ts'
import { conversations } from '../conversations/conversations.sql.ts'
import { messages } from '../messages/messages.sql.ts'

export interface ContactText { id: string; name: string; phone: string | null; email: string | null; at: number }
export interface MessageText { id: string; conversation: string; contact: string; content: string; at: number; deleted: number | null }
export interface ContactNow { id: string; name: string; phone: string | null; email: string | null; conversation_id: string | null }
export interface MessageNow { id: string; conversation_id: string; contact_name: string; content: string; sent_at: number }

/** Pages downwards from placeholder `before`. */
export const contactPage: SQL = sql`select ${contacts.id} as id, ${contacts.name} as name, ${contacts.phone} as phone, ${contacts.email} as email, ${contacts.createdAt} as at
  from ${own(contacts)} where ${contacts.id} < ${sql.placeholder('before')} and ${contacts.erasedAt} is null order by ${contacts.id} desc limit ${sql.placeholder('limit')}`
export const messagePage: SQL = sql`select ${messages.id} as id, ${messages.conversationId} as conversation, ${conversations.contactId} as contact, ${messages.content} as content, ${messages.sentAt} as at, ${messages.deletedAt} as deleted
  from ${own(messages)} join ${own(conversations)} on ${conversations.id} = ${messages.conversationId} where ${messages.id} < ${sql.placeholder('before')} order by ${messages.id} desc limit ${sql.placeholder('limit')}`

/** Rows of the JSON list `messages`, in its order, that may still be shown. */
export const messagesNow: SQL = sql`select ${messages.id} as id, ${messages.conversationId} as conversation_id, ${contacts.name} as contact_name, ${messages.content} as content, ${messages.sentAt} as sent_at
  from json_each(${sql.placeholder('messages')}) j cross join ${own(messages)} on ${messages.id} = j.value join ${own(conversations)} on ${conversations.id} = ${messages.conversationId} join ${own(contacts)} on ${contacts.id} = ${conversations.contactId}
  where ${messages.deletedAt} is null and ${contacts.erasedAt} is null order by j.key`
/** Likewise of `contacts`. */
export const contactsNow: SQL = sql`select ${contacts.id} as id, ${contacts.name} as name, ${contacts.phone} as phone, ${contacts.email} as email,
  (select c.id from ${own(conversations, 'c')} where c.contact_id = ${contacts.id} order by c.last_message_at desc limit 1) as conversation_id
  from json_each(${sql.placeholder('contacts')}) j cross join ${own(contacts)} on ${contacts.id} = j.value where ${contacts.erasedAt} is null order by j.key`


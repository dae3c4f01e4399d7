// People: listing, adding, changing, erasing.
import { z } from 'zod'
import { id } from '../../contract/common.ts'
import { contact, contactBody, contactDetail, contactPatch, contactQuery, contactStatusBody } from '../../contract/inbox.ts'
import { eraseContact } from '../../domain/contacts/erase-contact.ts'
import { listContacts } from '../../domain/contacts/list-contacts.ts'
import { readContactDetail } from '../../domain/contacts/read-contact.ts'
import { changeContact, createContact, setTemperature } from '../../domain/contacts/write-contact.ts'
import { filterOf, pageOf, readPage } from '../cursor.ts'
import { studioRoute } from '../route.ts'
import type { Route } from '../route.ts'

const params = z.object({ id })

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/contacts', summary: 'People of this studio', query: contactQuery, answer: z.array(contact), access: 'contacts.read',
    async handle(call, { query }, scope) {
      const place = { config: call.config, studioId: scope.studio.id, list: 'contacts', filter: filterOf(query) }
      const { rows, total, next } = await listContacts(scope, query, await readPage(place, query))
      return { data: rows, pagination: await pageOf(place, query, total, next) }
    },
  }),
  studioRoute({
    method: 'POST', path: '/api/contacts', summary: 'Add a person', body: contactBody, answer: contact, status: 201, access: 'contacts.write', idempotent: true,
    handle: async (_, { body }, scope) => ({ data: await createContact(scope, body) }),
  }),
  studioRoute({
    method: 'GET', path: '/api/contacts/:id', summary: 'A person with addresses, score, history, conversations', params, answer: contactDetail, access: 'contacts.read',
    handle: async (_, { params: { id: wanted } }, scope) => ({ data: await readContactDetail(scope, wanted) }),
  }),
  studioRoute({
    method: 'PUT', path: '/api/contacts/:id', summary: 'Change what is known of a person, or the stage of the lead', params, body: contactPatch, answer: contact, access: 'contacts.write',
    handle: async (_, { params: { id: wanted }, body }, scope) => ({ data: await changeContact(scope, wanted, body) }),
  }),
  studioRoute({
    method: 'PUT', path: '/api/contacts/:id/status', summary: 'Set the temperature by hand, or let it follow the score again', params, body: contactStatusBody, answer: contact, access: 'contacts.write',
    handle: async (_, { params: { id: wanted }, body }, scope) => ({ data: await setTemperature(scope, wanted, body) }),
  }),
  studioRoute({
    method: 'DELETE', path: '/api/contacts/:id', summary: 'Erase a person with all that was said; cannot be undone', params, answer: z.strictObject({}), access: 'contacts.delete',
    async handle(_, { params: { id: wanted } }, scope) {
      await eraseContact(scope, wanted)
      return { data: {} }
    },
  }),
]

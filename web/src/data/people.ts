// Members, contacts, labels, snippets and templates: asked once, kept fresh by the line.
import { createSignal } from 'solid-js'
import type { Member } from '../../../src/contract/auth.ts'
import type { ContactDetail, Label, Snippet, Template } from '../../../src/contract/inbox.ts'
import { api } from './api.ts'
import { onChange } from './feed.ts'
import { commit, facts } from './store.ts'

const [team, setTeam] = createSignal<readonly Member[]>([])
export const members = team

export function memberName(id: string | null): string | null {
  return id === null ? null : team().find(each => each.id === id)?.name ?? null
}

/** What every screen of the inbox needs beside the conversations. Throws ApiError. */
export async function loadPeople(): Promise<void> {
  const [all, labels, snippets] = await Promise.all([api.get<Member[]>('/api/members'), api.get<Label[]>('/api/labels'), api.get<Snippet[]>('/api/snippets')])
  setTeam(all)
  commit([
    ...labels.map(value => ({ at: 'label', id: value.id, value }) as const),
    ...snippets.map(value => ({ at: 'snippet', id: value.id, value }) as const),
  ])
}

/** Loads or renews what the panel shows of a person. Throws ApiError. */
export async function loadContact(id: string): Promise<ContactDetail> {
  const value = await api.get<ContactDetail>(`/api/contacts/${id}`)
  commit([{ at: 'contact', id, value }])
  outdated.delete(id)
  return value
}

const outdated = new Set<string>()

/** What the panel shows of a person, asked for only when it is not here or something happened to it since. Throws ApiError. */
export async function knowContact(id: string): Promise<ContactDetail> {
  const known = facts.contacts.get(id)
  return known && !outdated.has(id) ? known : loadContact(id)
}

const byAccount = new Map<string, Template[]>()

/** Approved templates of an account, asked once until the account's are synced anew. Throws ApiError. */
export async function templatesOf(accountId: string): Promise<Template[]> {
  const known = byAccount.get(accountId)
  if (known) return known
  const all = await api.get<Template[]>('/api/templates', { account_id: accountId })
  const approved = all.filter(template => template.status.toUpperCase() === 'APPROVED')
  byAccount.set(accountId, approved)
  return approved
}

export function forgetPeople(): void {
  setTeam([])
  byAccount.clear()
}

for (const kind of ['contact.updated', 'lead.scored'] as const) onChange(kind, ({ data }) => { if (data) outdated.add(data.contact.id) })
onChange('member.updated', ({ data }) => {
  if (!data) return
  const known = team().some(each => each.id === data.id)
  if (known) setTeam(before => before.map(each => (each.id === data.id ? { ...each, name: data.name, role: data.role as Member['role'] } : each)))
  else void api.get<Member[]>('/api/members').then(setTeam, keepOld)
})
onChange('member.removed', ({ data }) => {
  if (data) setTeam(before => before.filter(each => each.id !== data.id))
})
onChange('templates.synced', ({ data }) => {
  if (data) byAccount.delete(data.account_id)
})

/** The list we have stays; the next change or reload asks again. */
function keepOld(error: unknown): void {
  console.warn('the team could not be loaded', error)
}

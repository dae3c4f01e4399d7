// The customers of the simulated world: people with a phone, a business-scoped user id, perhaps a username.

import { textAt, type Json } from './json.ts'
import type { World } from './world.ts'

export interface Persona {
  id: string
  name: string
  /** Digits of the phone as WhatsApp knows it (wa_id). */
  phone: string
  /** Business-scoped user id, e.g. `US.1349…`. */
  user_id: string
  username?: string
  /** The phone is withheld from the business, as for users with a username. */
  hide_phone?: boolean
  auto_read?: boolean
  /** Plays these inbound specs one after another, each after the next message from the business. */
  script?: Json[]
  /** Made because somebody wrote to this number, not by a person. */
  found?: boolean
}

const demo: Persona[] = [
  { id: 'ana', name: 'Ana Torres', phone: '34600111222', user_id: 'ES.10000000000000000001' },
  { id: 'marco', name: 'Marco Bianchi', phone: '393331234567', user_id: 'IT.10000000000000000002' },
  { id: 'mei', name: '林美玲', phone: '886912345678', user_id: 'TW.10000000000000000003', username: 'mei.dances', hide_phone: true },
  { id: 'noor', name: 'Noor Haddad', phone: '971501234567', user_id: 'AE.10000000000000000004' },
  { id: 'sofia', name: 'Sofía (answers by herself)', phone: '34600444555', user_id: 'ES.10000000000000000005', auto_read: true, script: [
    { kind: 'text', text: 'Great, is there a place in the Tuesday class?', delay_ms: 2500 },
    { kind: 'reaction', emoji: '❤️', delay_ms: 1500 },
    { kind: 'text', text: 'Perfect, see you then! 💃', delay_ms: 2500 }] },
]

/** Every persona, the demo ones (made when first looked for) among them. */
export function listPersonas(world: World): Persona[] {
  for (const persona of demo) findPersona(world, persona.id)
  return world.store.all<{ body: string }>('SELECT body FROM personas ORDER BY id LIMIT 500').map(row => JSON.parse(row.body))
}

/** By persona id, phone in any spelling, BSUID or username. */
export function findPersona(world: World, key: string): Persona | undefined {
  const row = world.store.first<{ body: string }>('SELECT body FROM personas WHERE id = ?1 OR phone = ?2 OR user_id = ?1 LIMIT 1', key, waId(key))
  if (row) return JSON.parse(row.body)
  const seed = demo.find(persona => persona.id === key || persona.phone === waId(key) || persona.user_id === key)
  if (seed) savePersona(world, seed)
  return seed
}

/** The person behind a phone or BSUID; made on the fly, so that any number can be written to or write. */
export function ensurePersona(world: World, key: string, name?: string): Persona {
  const known = findPersona(world, key)
  if (known) return known
  const bsuid = isBsuid(key)
  const digits = bsuid ? `1999${crypto.getRandomValues(new Uint32Array(1))[0]}` : waId(key)
  const persona: Persona = { id: `p${bsuid ? key : digits}`, name: name ?? (bsuid ? 'Someone' : `+${digits}`), phone: digits, user_id: bsuid ? key : `US.9${digits}`, hide_phone: bsuid, found: true }
  savePersona(world, persona)
  return persona
}

/** Creates or changes a persona from loose JSON; `phone` and `user_id` are made up when missing. */
export function putPersona(world: World, id: string, change: Json): Persona {
  const known = findPersona(world, id)
  const phone = textAt(change, 'phone') ?? known?.phone ?? `3469${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`
  const persona: Persona = { ...known, ...(change as Partial<Persona>), id: known?.id ?? id, name: textAt(change, 'name') ?? known?.name ?? id, phone: waId(phone), user_id: textAt(change, 'user_id') ?? known?.user_id ?? `US.8${waId(phone)}` }
  savePersona(world, persona)
  return persona
}

export const isBsuid = (text: string): boolean => /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(text)

/** The wa_id WhatsApp answers for a number; in Brazil, Mexico and Argentina it differs from what was dialled. */
export function waId(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  if (/^52[2-9]\d{9}$/.test(digits)) return `521${digits.slice(2)}`
  if (/^54[1-8]\d{9}$/.test(digits)) return `549${digits.slice(2)}`
  if (/^55[3-9]\d9\d{8}$/.test(digits)) return digits.slice(0, 4) + digits.slice(5)
  return digits
}

function savePersona(world: World, persona: Persona): void {
  world.store.run('INSERT INTO personas (id, phone, user_id, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET phone = excluded.phone, user_id = excluded.user_id, body = excluded.body',
    persona.id, persona.phone, persona.user_id, JSON.stringify(persona))
}

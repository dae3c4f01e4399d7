// Which parties this isolate has seen stored: spares a known sender's message the statements that would find nothing to do.
import type { PartyRow } from './receive.plan.ts'

const limit = 50_000
const known = new Map<string, string>()

export function isKnown(studioId: string, account: string, party: PartyRow): boolean {
  return known.get(`${studioId}|${account}|${party.keys[0]}`) === signature(party)
}

export function remember(studioId: string, account: string, party: PartyRow): void {
  if (known.size >= limit) known.clear()
  known.set(`${studioId}|${account}|${party.keys[0]}`, signature(party))
}

export function forget(studioId: string, account: string, party: PartyRow): void {
  known.delete(`${studioId}|${account}|${party.keys[0]}`)
}

function signature(party: PartyRow): string {
  return `${party.keys.join('|')}|${party.phone ?? ''}|${party.name}`
}

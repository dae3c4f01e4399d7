// The studio as its own settings page sees it.
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { openingHours } from '../../contract/auth.ts'
import type { Studio } from '../../contract/auth.ts'
import type { Scope } from '../../db/open-studio.ts'
import { iso } from '../../platform/clock.ts'
import { notFound } from '../../platform/problem.ts'
import { studios } from './studios.sql.ts'

export async function readStudio(scope: Scope): Promise<Studio> {
  const { place, row } = await rows(scope)
  return {
    id: place.id, name: place.name, slug: place.slug, timezone: place.timezone, locale: place.locale, setup_done: row.setupDone,
    opening_hours: readHours(row.openingHours), settings: JSON.parse(row.settings) as Record<string, unknown>, created_at: iso(place.created_at), epoch: place.epoch,
  }
}

/** The few fields that travel with every login. */
export async function studioBrief(scope: Scope): Promise<Pick<Studio, 'id' | 'name' | 'slug' | 'timezone' | 'locale' | 'setup_done'>> {
  const { place, row } = await rows(scope)
  return { id: place.id, name: place.name, slug: place.slug, timezone: place.timezone, locale: place.locale, setup_done: row.setupDone }
}

async function rows(scope: Scope) {
  const row = await scope.db.get(studios, sql`id = ${scope.studio.id}`)
  if (row === undefined) throw notFound('studio')
  return { place: scope.studio, row }
}

function readHours(text: string): z.infer<typeof openingHours> {
  return openingHours.parse(JSON.parse(text))
}

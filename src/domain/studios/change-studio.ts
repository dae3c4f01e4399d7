// Changes a studio's name, address, zone, language, opening hours, or marks its setup as done.
import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { studioPatch } from '../../contract/auth.ts'
import { change } from '../../db/changes.ts'
import type { Directory } from '../../db/directory/directory.ts'
import { changeStudio as changePlace } from '../../db/directory/studios.ts'
import { forgetPlace } from '../../db/open-studio.ts'
import type { Scope } from '../../db/open-studio.ts'
import { own, update } from '../../db/statement.ts'
import { conflict } from '../../platform/problem.ts'
import { studios } from './studios.sql.ts'

/** The directory goes first (its unique key decides on the slug); the shard follows and may be written again. Throws CONFLICT for a taken slug. */
export async function changeStudio(scope: Scope, directory: Directory, patch: z.infer<typeof studioPatch>): Promise<void> {
  const { name, slug, timezone, locale } = patch
  if ([name, slug, timezone, locale].some(value => value !== undefined)) {
    if ((await changePlace(directory, scope.studio.id, { name, slug, timezone, locale })) === 'slug') throw conflict('This address is taken.', { field: 'slug' })
    forgetPlace(scope.studio.id)
  }
  const hours = patch.opening_hours === undefined ? undefined : JSON.stringify(patch.opening_hours)
  const set = { name, timezone, locale, openingHours: hours, setupDone: patch.setup_done }
  if (Object.values(set).every(value => value === undefined)) return
  await scope.db.commit([
    update(studios, set, sql`id = ${scope.studio.id}`),
    change('studio.updated', scope.studio.id, sql`json_object('name', studios.name, 'timezone', studios.timezone, 'locale', studios.locale)`, sql`from ${own(studios)}`),
  ])
}

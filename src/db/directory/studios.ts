// The directory's side of signing up: reserving a studio with its owner, activating it, renaming it.
import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Directory } from './directory.ts'
import { addSession } from './sessions.ts'
import type { NewSession } from './sessions.ts'
import { takenKey } from './taken-key.ts'

export interface NewStudio { id: string; slug: string; name: string; epoch: string; timezone: string; locale: string }
export interface NewLogin { id: string; email: string; name: string; passwordHash: string }
export interface StudioChange { name?: string | undefined; slug?: string | undefined; timezone?: string | undefined; locale?: string | undefined }

export const addLogin = (login: NewLogin, now: number, tail: SQL = sql`where true`): SQL =>
  sql`insert into logins (id, email, name, password_hash, created_at) select ${login.id}, ${login.email}, ${login.name}, ${login.passwordHash}, ${now} ${tail}`

/** One batch: login, studio (on the emptiest of `shards`, state `making`), owner and session. Unique keys decide who was first. */
export async function reserveStudio(directory: Directory, made: { studio: NewStudio; login: NewLogin; membershipId: string; session: NewSession; also: SQL[] }, shards: number, now: number): Promise<'reserved' | 'email' | 'slug'> {
  const { studio, login } = made
  const numbers = JSON.stringify(Array.from({ length: shards }, (_, n) => n))
  try {
    await directory.commit([
      addLogin(login, now),
      sql`insert into studios (id, slug, name, shard, epoch, state, timezone, locale, created_at) select ${studio.id}, ${studio.slug}, ${studio.name},
        (select value from json_each(${numbers}) order by (select count(*) from studios where shard = value and state <> 'deleted'), value limit 1),
        ${studio.epoch}, 'making', ${studio.timezone}, ${studio.locale}, ${now}`,
      sql`insert into memberships (id, studio_id, login_id, role, state, created_at, changed_at) values (${made.membershipId}, ${studio.id}, ${login.id}, 'owner', 'active', ${now}, ${now})`,
      ...addSession(made.session, now),
      ...made.also,
    ])
    return 'reserved'
  } catch (error) {
    const key = takenKey(error)
    if (key === 'logins.email') return 'email'
    if (key === 'studios.slug') return 'slug'
    throw error
  }
}

export async function activateStudio(directory: Directory, studioId: string): Promise<void> {
  await directory.commit([sql`update studios set state = 'active' where id = ${studioId} and state = 'making'`])
}

/** Answers 'slug' when another studio has it. */
export async function changeStudio(directory: Directory, studioId: string, change: StudioChange): Promise<'changed' | 'slug'> {
  try {
    await directory.commit([sql`update studios set name = coalesce(${change.name ?? null}, name), slug = coalesce(${change.slug ?? null}, slug),
      timezone = coalesce(${change.timezone ?? null}, timezone), locale = coalesce(${change.locale ?? null}, locale) where id = ${studioId}`])
    return 'changed'
  } catch (error) {
    if (takenKey(error) === 'studios.slug') return 'slug'
    throw error
  }
}

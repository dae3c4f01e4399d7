// Reads the mails that wait as jobs, the way the job's handler would.
import { mailPlace } from '../../src/domain/members/post-mail.ts'
import { readConfig } from '../../src/platform/env.ts'
import type { Mail } from '../../src/platform/mailer.ts'
import { makeVault } from '../../src/platform/vault.ts'
import { bindings } from './api.ts'

/** Mails to an address, oldest first. */
export async function mailsTo(email: string): Promise<Mail[]> {
  const vault = makeVault(readConfig(bindings).CREDENTIALS_KEY)
  const rows = await Promise.all([bindings.SHARD_0, bindings.SHARD_1].map(shard => shard.prepare(`select studio_id, id, payload from jobs where kind = 'mail.send' order by created_at, id`).all<{ studio_id: string; id: string; payload: string }>()))
  const mails = await Promise.all(rows.flatMap(result => result.results).map(async row => JSON.parse(await vault.open((JSON.parse(row.payload) as { sealed: string }).sealed, mailPlace(row.studio_id, row.id))) as Mail))
  return mails.filter(mail => mail.to === email)
}

/** The secret in the newest link of a page ("reset", "verify", "invite") to an address. */
export async function tokenFor(email: string, page: string): Promise<string> {
  const links = (await mailsTo(email)).flatMap(mail => [...mail.text.matchAll(new RegExp(`/${page}\\?token=([\\w-]+)`, 'g'))].map(match => match[1] ?? ''))
  const token = links.at(-1)
  if (token === undefined) throw new Error(`no ${page} link for ${email}`)
  return token
}

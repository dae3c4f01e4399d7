// Mails in the product's own name: written as jobs, sent through SendGrid's wire format, never twice by guess.
import { describe, expect, it } from 'vitest'
import { makeSendgridMailer } from '../../src/channels/email/sendgrid-mailer.ts'
import { openStudio } from '../../src/db/open-studio.ts'
import { sendMail } from '../../src/domain/members/send-mail.ts'
import type { MailOutcome } from '../../src/platform/mailer.ts'
import { makeSafeFetch } from '../../src/platform/safe-fetch.ts'
import { bindings, signUp } from '../support/api.ts'

const config = { SENDGRID_API_URL: 'http://127.0.0.1:9/sendgrid', SENDGRID_API_KEY: 'SG.sim-key', MAIL_FROM: 'no-reply@studio.test' }

async function job() {
  const person = await signUp()
  const scope = await openStudio(bindings, person.studioId, { kind: 'system' })
  const row = await (bindings[`SHARD_${scope.studio.shard}`] as D1Database).prepare(`select id, payload from jobs where studio_id = ? and kind = 'mail.send'`).bind(person.studioId).first<{ id: string; payload: string }>()
  if (row === null) throw new Error('no mail job')
  return { person, scope, job: { ...row, attempts: 1 } }
}

describe('the job', () => {
  it('opens the sealed mail and hands it over', async () => {
    const { person, scope, job: row } = await job()
    const sent: unknown[] = []
    expect(await sendMail(scope, row, { send: async mail => { sent.push(mail); return { outcome: 'sent' } } })).toEqual({ done: null })
    expect(sent).toEqual([{ to: person.email, subject: expect.any(String), text: expect.stringContaining('/verify?token=') }])
  })

  it('waits longer each time, ends on a no, and does not send a link that has expired', async () => {
    const { scope, job: row } = await job()
    const mailer = (outcome: MailOutcome) => ({ send: async () => outcome })
    expect(await sendMail(scope, { ...row, attempts: 3 }, mailer({ outcome: 'unavailable', reason: 'x' }))).toEqual({ again: scope.now + 4 * 60_000, reason: 'x' })
    expect(await sendMail(scope, row, mailer({ outcome: 'rejected', reason: 'y' }))).toEqual({ dead: 'y' })
    scope.now += 3 * 86_400_000
    expect(await sendMail(scope, row, { send: async () => { throw new Error('must not be asked') } })).toEqual({ dead: 'The link in the mail has expired.' })
  })

  it('does not open in another studio', async () => {
    const [a, b] = [await job(), await job()]
    await expect(sendMail(b.scope, a.job, { send: async () => ({ outcome: 'sent' }) })).rejects.toThrow('does not open here')
  })
})

describe('SendGrid', () => {
  const answering = (response: Response, seen: Request[] = []) => makeSendgridMailer(config, makeSafeFetch(async (input, init) => { seen.push(new Request(input as string, init)); return response.clone() }))
  const mail = { to: 'a@example.org', subject: 'One\r\nBcc: b@example.org', text: 'hello' }

  it('gets its own wire format, one line of subject, no tracking of links', async () => {
    const seen: Request[] = []
    expect(await answering(new Response(null, { status: 202 }), seen).send(mail)).toEqual({ outcome: 'sent' })
    expect([seen[0]?.url, seen[0]?.headers.get('authorization')]).toEqual(['http://127.0.0.1:9/sendgrid/v3/mail/send', 'Bearer SG.sim-key'])
    expect(await seen[0]?.json()).toMatchObject({ personalizations: [{ to: [{ email: 'a@example.org' }] }], from: { email: 'no-reply@studio.test' }, subject: 'One Bcc: b@example.org', content: [{ type: 'text/plain', value: 'hello' }], tracking_settings: { click_tracking: { enable: false } } })
  })

  it('says no for good to a bad mail, and for now to everything else', async () => {
    for (const [status, outcome] of [[400, 'rejected'], [413, 'rejected'], [401, 'unavailable'], [403, 'unavailable'], [429, 'unavailable'], [500, 'unavailable'], [503, 'unavailable']] as const) expect((await answering(new Response('{}', { status })).send(mail)).outcome).toBe(outcome)
    expect((await makeSendgridMailer({ ...config, SENDGRID_API_KEY: undefined }, makeSafeFetch(fetch)).send(mail)).outcome).toBe('unavailable')
    expect((await makeSendgridMailer(config, makeSafeFetch(async () => { throw new TypeError('network') })).send(mail)).outcome).toBe('unavailable')
  })
})

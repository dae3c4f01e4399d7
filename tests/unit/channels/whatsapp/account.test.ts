// Connecting a number, its health, its files: each refusal names the field or the next step.
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { whatsapp } from '../../../../src/channels/whatsapp/index.ts'
import { account, graphError, world } from './world.ts'

const given = { phone_number_id: '200000000000001', waba_id: '300000000000001', access_token: 'EAAtestTokenTestTokenTestToken' }
const number = () => Response.json({ id: '200000000000001', display_phone_number: '+1 555-010-0001', verified_name: 'Studio Rosa', quality_rating: 'GREEN', status: 'CONNECTED' })
const members = (...ids: string[]) => Response.json({ data: ids.map(id => ({ id })) })
const yes = () => Response.json({ success: true })
const webhook = { url: 'https://studio.example/api/integrations/webhook/whatsapp/int_1', verifyToken: 'vt' }
const connect = async (credentials: Record<string, string>, ...answers: Parameters<typeof world>) => {
  const { context, calls } = world(...answers)
  return { result: await whatsapp.connect(credentials, webhook, context), calls }
}

describe('connect', () => {
  it('checks number and account, subscribes our address, and names the routes', async () => {
    const { result, calls } = await connect(given, number(), members('9', '200000000000001'), yes())
    expect(result).toMatchObject({ ok: true, externalId: '200000000000001', routes: ['phone:200000000000001', 'waba:300000000000001'], name: 'Studio Rosa (+1 555-010-0001)', health: { state: 'ok' } })
    expect(calls.map(call => `${call.method} ${new URL(call.url).pathname.split('/v26.0/')[1]}`)).toEqual(['GET 200000000000001', 'GET 300000000000001/phone_numbers', 'POST 300000000000001/subscribed_apps'])
    expect(JSON.parse(calls[2]?.body ?? '')).toEqual({ override_callback_uri: webhook.url, verify_token: 'vt' })
    expect(JSON.stringify(result)).not.toContain('EAAtest')
  })
  it('proves an app secret with the first question', async () => {
    const { calls } = await connect({ ...given, app_secret: 'app-secret-1' }, number(), members('200000000000001'), yes())
    const proof = createHmac('sha256', 'app-secret-1').update(given.access_token).digest('hex')
    expect(new URL(calls[0]?.url ?? '').searchParams.get('appsecret_proof')).toBe(proof)
  })
  it.each<[string, Parameters<typeof world>, string | undefined, RegExp]>([
    ['expired token', [graphError(190, 'Session has expired', 401)], 'access_token', /not valid: Session has expired/],
    ['missing permission', [graphError(10, 'Permission denied', 403)], 'access_token', /lacks a permission/],
    ['unknown number', [graphError(100, 'Unsupported get request')], 'phone_number_id', /does not exist/],
    ['wrong app secret', [graphError(100, 'Invalid appsecret_proof provided in the API argument')], 'app_secret', /app secret/],
    ['unknown account', [number(), graphError(100, 'Unsupported get request')], 'waba_id', /Business account does not exist/],
    ['number of another account', [number(), members('1', '2')], 'waba_id', /does not belong/],
    ['address not reached', [number(), members('200000000000001'), graphError(2200, 'Callback verification failed')], undefined, /Callback verification failed/],
    ['no network', [new TypeError('lost')], undefined, /could not be asked/],
    ['garbage', [new Response('<html>')], undefined, /could not be asked/],
  ])('%s', async (_name, answers, field, reason) => {
    const { result } = await connect(given, ...answers)
    expect(result).toMatchObject({ ok: false, reason: expect.stringMatching(reason) })
    expect(result.ok === false && result.field).toBe(field)
  })
  it.each([
    [{ ...given, phone_number_id: '+1 555' }, 'phone_number_id'], [{ ...given, waba_id: '../me' }, 'waba_id'], [{ ...given, access_token: 'a b\nc d e f' }, 'access_token'],
    [{ phone_number_id: '200000000000001', waba_id: '300000000000001' }, 'access_token'],
  ])('%j is refused with no call', async (credentials, field) => {
    const { result, calls } = await connect(credentials as Record<string, string>, number())
    expect(result).toMatchObject({ ok: false, field })
    expect(calls).toEqual([])
  })
  it('the schema tells the form which fields are secret', () => {
    const secret = Object.entries(whatsapp.credentials.shape).filter(([, field]) => field.meta()?.secret === true).map(([name]) => name)
    expect(secret).toEqual(['access_token', 'app_secret'])
    for (const field of Object.values(whatsapp.credentials.shape)) expect(field.meta()).toMatchObject({ title: expect.any(String), description: expect.any(String) })
  })
  it('disconnect ends the subscription, and a refusal is no error', async () => {
    const { context, calls } = world(graphError(190))
    await whatsapp.disconnect?.(account, context)
    expect(calls.map(call => `${call.method} ${call.url.split('/v26.0/')[1]}`)).toEqual(['DELETE 300000000000001/subscribed_apps'])
  })
})

describe('health', () => {
  const apps = Response.json({ data: [{ whatsapp_business_api_data: { id: '1' } }] })
  it.each<[string, Parameters<typeof world>, string]>([
    ['all well', [number(), apps], 'ok'],
    ['no app subscribed', [number(), Response.json({ data: [] })], 'down'],
    ['yellow quality', [Response.json({ quality_rating: 'YELLOW', status: 'CONNECTED' }), apps], 'degraded'],
    ['flagged', [Response.json({ quality_rating: 'GREEN', status: 'FLAGGED' }), apps], 'degraded'],
    ['banned', [Response.json({ status: 'BANNED' })], 'down'],
    ['bare answer', [Response.json({ id: '1' }), apps], 'ok'],
    ['expired token', [graphError(190, 'expired', 401)], 'down'],
    ['hourly limit', [graphError(80007)], 'degraded'],
    ['no network', [new TypeError('lost')], 'unknown'],
  ])('%s', async (_name, answers, state) => {
    expect(await whatsapp.health(account, world(...answers).context)).toMatchObject({ state, checked_at: '2026-11-20T00:00:00.000Z' })
  })
})

describe('media', () => {
  const lies = { url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', mime_type: 'image/jpeg; x=1', sha256: 'abc', file_size: '303833', id: '1' }
  it('is asked by id for this number, and comes with the token to fetch it', async () => {
    const { context, calls } = world(Response.json(lies))
    expect(await whatsapp.media?.({ mediaId: '../1' }, account, context)).toEqual({
      ok: true, source: { url: lies.url, headers: { authorization: `Bearer ${given.access_token}` }, mime: 'image/jpeg', size: 303833, sha256: 'abc' },
    })
    expect(calls[0]?.url).toBe('http://127.0.0.1:8787/simulator/graph/v26.0/..%2F1?phone_number_id=200000000000001')
  })
  it.each(['https://evil.example/a', 'http://lookaside.fbsbx.com/a', 'https://lookaside.fbsbx.com.evil.example/', 'https://lookaside.fbsbx.com@evil.example/', 'http://127.0.0.1:1/', 'http://169.254.169.254/'])(
    'an address on a foreign host gets no token and no request (S9): %s', async url => {
      const { context, calls } = world(Response.json({ ...lies, url }))
      for (const ref of [{ mediaId: '1' }, { url }]) {
        const found = await whatsapp.media?.(ref, account, context)
        expect(found).toMatchObject({ ok: false, error: { verdict: 'reject' } })
        expect(JSON.stringify(found)).not.toContain('EAAtest')
      }
      expect(calls).toHaveLength(1)
    })
  it('a file that is gone is final, a lost connection is tried again', async () => {
    expect(await whatsapp.media?.({ mediaId: '1' }, account, world(new Response(null, { status: 404 })).context)).toMatchObject({ ok: false, error: { verdict: 'reject' } })
    expect(await whatsapp.media?.({ mediaId: '1' }, account, world(new TypeError('lost')).context)).toMatchObject({ ok: false, error: { verdict: 'retry' } })
    expect(await whatsapp.media?.({}, account, world().context)).toMatchObject({ ok: false })
  })
})

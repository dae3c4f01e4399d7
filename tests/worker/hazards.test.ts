// Webhooks and sockets under attack, over the real routes: hazards W and R by their numbers.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { setClock } from '../../src/platform/clock.ts'
import { routes } from '../../src/worker/routes.ts'
import { ask, bindings, origin, send } from '../support/api.ts'
import { Browser, openSocket } from '../support/browser.ts'
import { addMember } from '../support/member.ts'
import type { Member } from '../support/member.ts'
import { quiet } from '../support/quiet.ts'
import { allRows, differences } from '../support/rows.ts'
import { makeStudio } from '../support/studio.ts'
import { connectNumber, deliver, envelope, graphThatAgrees, sign, textBody, textMessage } from '../support/whatsapp.ts'
import type { Number_ } from '../support/whatsapp.ts'

const { env } = quiet(bindings)
let studioId: string
let other: string
let owner: Member
let number: Number_
let foreign: Number_

beforeAll(() => void vi.stubGlobal('fetch', graphThatAgrees().fetch))
afterAll(() => vi.unstubAllGlobals())
afterEach(() => setClock(null))
beforeEach(async () => {
  ;[studioId, other] = [await makeStudio(bindings), await makeStudio(bindings)]
  owner = await addMember(env, studioId, 'owner')
  ;[number, foreign] = [await connectNumber(env, studioId), await connectNumber(env, other)]
})

const mine = () => allRows(env, row => row.includes(studioId), ['channel_routes'])
const messages = async () => (await ask('GET', '/api/conversations?status=all', { env, token: owner.token })).body.data as { id: string; preview: string; last_message_at: string }[]
const json = { 'content-type': 'application/json' }

describe('a webhook', () => {
  it('W1–W5 W7–W9 W11 is refused with 401 and no row unless these very bytes are signed with this number’s secret', async () => {
    const body = textBody(number, 'wamid.w', '4915112345678', 'Grüße 😀')
    const good = await sign(body, number.secret)
    const hex = good.slice(7)
    const wrong: [string, Record<string, string>, string?][] = [
      ['W1', {}], ['W2', { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }], ['W3', { 'x-hub-signature-256': good }, JSON.stringify(JSON.parse(body), null, 1)],
      ...[0, 1, 8, 63].map((n): [string, Record<string, string>] => [`W4 ${n}`, { 'x-hub-signature-256': `sha256=${hex.slice(0, n)}` }]), ['W4 long', { 'x-hub-signature-256': `sha256=${'a'.repeat(10_000)}` }], ['W4 bare', { 'x-hub-signature-256': hex }],
      ['W5', { 'x-hub-signature-256': `sha256=${hex.toUpperCase()}` }], ['W7', { 'x-hub-signature-256': await sign(body, foreign.secret) }], ['W7 platform', { 'x-hub-signature-256': await sign(body, 'platform-app-secret') }],
      ['W8', { 'x-hub-signature': `sha1=${hex.slice(0, 40)}` }], ['W9', { 'x-hub-signature-256': `${good}, sha256=${'0'.repeat(64)}` }],
      ['W11 BOM', { 'x-hub-signature-256': good }, `\uFEFF${body}`], ['W11 CRLF', { 'x-hub-signature-256': good }, `${body}\r\n`], ['W11 byte', { 'x-hub-signature-256': good }, body.replace('Gr', 'gr')], ['W11 escapes', { 'x-hub-signature-256': good }, body.replace('😀', '\\ud83d\\ude00')],
    ]
    const before = await mine()
    for (const [name, headers, text] of wrong) expect((await deliver(env, number, text ?? body, { ...json, ...headers })).status, name).toBe(401)
    expect(differences(before, await mine())).toEqual([])
    expect((await deliver(env, number, body)).status).toBe(200)
    expect((await messages()).map(row => row.preview)).toEqual(['Grüße 😀'])
  })

  it('W6 without any secret is closed with 503, blank or missing', async () => {
    const open = await connectNumber(env, studioId, { secret: '' })
    const body = textBody(open, 'wamid.w6', '4915112345678', 'x')
    for (const blank of [undefined, '', ' ']) {
      const reply = await deliver({ ...env, META_APP_SECRET: blank } as typeof env, open, body, { ...json, 'x-hub-signature-256': blank === ' ' ? await sign(body, 'x') : `sha256=${'0'.repeat(64)}` })
      expect([401, 503], JSON.stringify(blank)).toContain(reply.status)
      if (blank !== ' ') expect(reply.status).toBe(503)
    }
    expect((await mine())['shard_0.messages'] ?? (await mine())['shard_1.messages']).toBeUndefined()
  })

  it('W12 a handshake echoes as plain text for the right token only', async () => {
    const shake = (token: string, challenge = '<script>1</script>') => ask('GET', `/api/integrations/webhook/whatsapp/${number.integrationId}?${new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': challenge })}`, { env })
    const right = await shake(number.verifyToken, '1158201444')
    expect([right.status, right.text, right.headers.get('content-type')]).toEqual([200, '1158201444', 'text/plain; charset=utf-8'])
    expect((await shake(number.verifyToken)).headers.get('content-type')).not.toContain('html')
    for (const token of ['', 'wrong', foreign.verifyToken, 'platform-verify-token', `${number.verifyToken} `]) expect((await shake(token)).status, token).toBe(403)
  })

  it('W14 retried after a fault is one message', async () => {
    const body = textBody(number, 'wamid.w14', '4915112345678', 'again')
    const down = { ...env, SHARD_0: broken(env.SHARD_0), SHARD_1: broken(env.SHARD_1) }
    expect((await deliver(down, number, body)).status).toBeGreaterThanOrEqual(500)
    expect((await deliver(env, number, body)).status).toBe(200)
    expect((await deliver(env, number, body)).status).toBe(200)
    expect(await messages()).toHaveLength(1)
  })

  it('W15 an id that comes again with other words keeps the first', async () => {
    await deliver(env, number, textBody(number, 'wamid.w15', '4915112345678', 'first'))
    expect((await deliver(env, number, textBody(number, 'wamid.w15', '4915112345678', 'second'))).status).toBe(200)
    expect((await messages()).map(row => row.preview)).toEqual(['first'])
  })

  it('W19 of an unknown kind or field is kept and answered, W24 and so is what only looks like an object of ours', async () => {
    const odd = [
      JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: number.waba, changes: [{ field: 'brand_new', value: { a: 1 } }] }] }),
      envelope(number, { messages: [{ from: '4915112345678', id: 'wamid.new', timestamp: '1795000000', type: 'hologram', hologram: { x: 1 } }] }),
      envelope(number, { messages: [{ from: '4915112345678', id: 'wamid.proto', timestamp: '1795000000', type: '__proto__' }, { from: '4915112345678', id: 'wamid.ctor', timestamp: '1795000000', type: 'constructor', constructor: { prototype: { polluted: 1 } } }] }),
      `{"object":"whatsapp_business_account","__proto__":{"polluted":1},"entry":[]}`, '{"object":"page","entry":[]}', '[]', 'null', '5', '""',
    ]
    for (const body of odd) expect([200, 400], body.slice(0, 60)).toContain((await deliver(env, number, body)).status)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    for (const body of ['{', '', `${'['.repeat(100_000)}`, `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, '\uFEFF{}', '{"object":"whatsapp_business_account","object":"x"}']) {
      const { status } = await deliver(env, number, body)
      expect(status, body.slice(0, 30)).toBeLessThan(500)
    }
  })

  it('W20 the echo of what we sent is known already', async () => {
    await deliver(env, number, textBody(number, 'wamid.first', '4915112345678', 'Hola'))
    const [conversation] = await messages()
    await ask('POST', `/api/conversations/${conversation?.id}/messages`, { env, token: owner.token, body: { content: 'Hello' } })
    for (const shard of [bindings.SHARD_0, bindings.SHARD_1]) await shard.prepare(`update messages set external_id = 'wamid.ours', status = 'sent' where studio_id = ? and direction = 'outbound'`).bind(studioId).run()
    const echo = JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: number.waba, changes: [{ field: 'smb_message_echoes', value: { messaging_product: 'whatsapp', metadata: { display_phone_number: '1', phone_number_id: number.phone }, message_echoes: [{ ...textMessage('wamid.ours', number.phone, 'Hello'), to: '4915112345678' }] } }] }] })
    const was = await mine()
    expect((await deliver(env, number, echo)).status).toBe(200)
    expect(differences(was, await mine()).filter(line => !line.includes('.receipts '))).toEqual([])
  })

  it('W22 times that cannot be are ours', async () => {
    for (const [i, timestamp] of ['0', '-5', '99999999999', 'soon', '', '1e99', String(Math.floor(Date.now() / 1000) + 86_400)].entries()) {
      await deliver(env, number, envelope(number, { messages: [{ from: `491511234560${i}`, id: `wamid.t${i}`, timestamp, type: 'text', text: { body: timestamp } }] }))
    }
    const rows = await messages()
    expect(rows).toHaveLength(7)
    for (const row of rows) expect(Math.abs(Date.parse(row.last_message_at) - Date.now()), row.preview).toBeLessThan(60_000)
  })

  it('W23 words of every kind are stored and come back as they were or cleaned, never as a fault', async () => {
    const words = ['', 'x'.repeat(1_000_000), 'a\u0000b', '\ud800', '\u202Eevil', '😀'.repeat(4_000), '<img src=x onerror=alert(1)>', "'; drop table messages; --"]
    for (const [i, text] of words.entries()) expect((await deliver(env, number, textBody(number, `wamid.x${i}`, `491511234${570 + i}`, text))).status, text.slice(0, 20)).toBe(200)
    const rows = await messages()
    expect(rows).toHaveLength(words.length)
    expect(rows.every(row => !row.preview.includes('\u0000') && row.preview.isWellFormed())).toBe(true)
    expect(rows.some(row => row.preview === "'; drop table messages; --")).toBe(true)
  })

  it('W25 is judged by its bytes, whatever its type says', async () => {
    for (const [i, type] of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/json; charset=utf-16'].entries()) {
      const body = textBody(number, `wamid.ct${i}`, '4915112345678', 'x')
      expect((await deliver(env, number, body, { 'content-type': type, 'x-hub-signature-256': await sign(body, number.secret) })).status, type).toBe(200)
      expect((await deliver(env, number, body, { 'content-type': type })).status, type).toBe(401)
    }
  })

  it('is refused above four megabytes before anything else', async () => {
    expect((await deliver(env, number, ' '.repeat(4 * 1024 * 1024 + 1), json)).status).toBe(413)
  })
})

describe('words to look for', () => {
  it.each(routes.filter(route => route.query !== undefined && 'q' in route.query.shape).map(route => route.path))('H13 of %s may be longer than a pattern of D1', async path => {
    for (const q of ['x'.repeat(60), '9'.repeat(60), '%'.repeat(60), `${'wort '.repeat(30)}`, "a'b\"c --", '_', '[a', '\\', 'é'.repeat(90), '*', '"', 'AND OR NOT NEAR(']) {
      const reply = await ask('GET', `${path}?q=${encodeURIComponent(q)}`, { env, token: owner.token })
      expect([200, 422], `${q} ${reply.text.slice(0, 200)}`).toContain(reply.status)
    }
  })
})

describe('a socket', () => {
  const upgrade = (path: string, headers: Record<string, string> = {}) => send(new Request(origin + path, { headers: { upgrade: 'websocket', origin, ...headers } }), env).then(response => response.status)
  const ticketOf = async (member: Member): Promise<string> => (await ask('POST', '/api/live/ticket', { env, token: member.token, body: {} })).body.data.ticket

  it('R1 R2 opens for a fresh ticket from our own page, and for nothing else', async () => {
    const ticket = await ticketOf(owner)
    const [body = '', mark = ''] = ticket.split('.')
    const forged = `${btoa(JSON.stringify({ ...(JSON.parse(atob(body.replace(/-/g, '+').replace(/_/g, '/'))) as object), studioId: other })).replace(/=+$/, '')}.${mark}`
    for (const bad of ['', 'x', 'x.y', forged, `${body}.${mark.slice(1)}`, `${ticket}x`, owner.token]) expect([401, 422], bad.slice(0, 20)).toContain(await upgrade(`/api/live?ticket=${bad}`))
    for (const from of ['https://evil.example', 'null', `${origin}.evil.example`, 'http://studio.test:81', '']) expect(await upgrade(`/api/live?ticket=${ticket}`, { origin: from }), from).toBe(403)
    expect((await send(new Request(`${origin}/api/live?ticket=${ticket}`), env)).status).toBe(400)
    expect(await upgrade(`/api/live?ticket=${ticket}`)).toBe(101)
    expect(await upgrade(`/api/live?ticket=${ticket}`)).toBe(401)
    const late = await ticketOf(owner)
    setClock(() => Date.now() + 31_000)
    expect(await upgrade(`/api/live?ticket=${late}`)).toBe(401)
  })

  it('R3 R4 R8 answers odd frames and goes on; the others never notice', async () => {
    const calm = new Browser(env, owner)
    await calm.open()
    await calm.until(() => !calm.line.asking, 'calm')
    const { socket } = await openSocket(env, owner)
    const heard: string[] = []
    socket?.addEventListener('message', event => heard.push(String(event.data)))
    const odd = ['', ' ', '[]', 'null', '5', '{', '{"type":"constructor"}', '{"type":"__proto__"}', '{"type":"toString"}', '{"type":["hello"]}', `{"type":"focus"}`, '9'.repeat(60_000), '['.repeat(30_000)]
    for (const frame of odd) socket?.send(frame)
    await vi.waitFor(() => expect(heard.filter(text => text.includes('UNKNOWN_FRAME'))).toHaveLength(odd.length), { timeout: 5_000, interval: 10 })
    // A hello is always answered, whatever it says of where it stands.
    const lost = ['{"type":"hello","epoch":"another","seq":4000}', '{"type":"hello","epoch":null,"seq":-1}', '{"type":"hello","epoch":null,"seq":9007199254740992}', '{"type":"hello","epoch":null,"seq":"1"}', `{"type":"hello","epoch":"${'x'.repeat(65)}","seq":1}`]
    for (const frame of lost) socket?.send(frame)
    await vi.waitFor(() => expect(heard.filter(text => text.includes('"snapshot"'))).toHaveLength(lost.length), { timeout: 5_000, interval: 10 })
    await deliver(env, number, textBody(number, 'wamid.r3', '4915112345678', 'x'))
    await calm.until(() => calm.line.seq === 1, 'still served')
  })

  it.each([['R3 binary', () => new Uint8Array([1, 2]), 1003], ['R5 64 kB and one', () => 'x'.repeat(64 * 1024 + 1), 1009], ['R5 in two-byte letters', () => 'é'.repeat(33_000), 1009]] as const)('%s closes it', async (_, frame, code) => {
    const { socket } = await openSocket(env, owner)
    const closed = new Promise<number>(done => socket?.addEventListener('close', event => done(Number(event.code))))
    socket?.send(frame())
    expect(await closed).toBe(code)
  })

  it('R6 two hundred frames at once close their own socket only', async () => {
    const calm = new Browser(env, owner)
    await calm.open()
    await calm.until(() => !calm.line.asking, 'calm')
    const { socket } = await openSocket(env, owner)
    const closed = new Promise<number>(done => socket?.addEventListener('close', event => done(Number(event.code))))
    for (let i = 0; i < 200; i += 1) socket?.send('{"type":"focus","conversation_id":null}')
    expect(await closed).toBe(1008)
    expect(calm.closedWith).toBeNull()
  })

  it('R7 T12 hears nothing of another studio, whatever it asks to look at', async () => {
    const stranger = new Browser(env, owner)
    await stranger.open()
    await stranger.until(() => !stranger.line.asking, 'coming')
    const boss = await addMember(env, other, 'owner')
    await deliver(env, foreign, textBody(foreign, 'wamid.r7', '4915112345678', 'secret of the other'))
    const theirs = (await ask('GET', '/api/conversations', { env, token: boss.token })).body.data[0].id as string
    stranger.say({ type: 'focus', conversation_id: theirs })
    stranger.say({ type: 'typing', conversation_id: theirs, on: true })
    const there = new Browser(env, boss)
    await there.open()
    await there.until(() => there.frames.some(frame => frame.type === 'presence'), 'presence')
    await deliver(env, foreign, textBody(foreign, 'wamid.r7b', '4915112345678', 'secret again'))
    await there.until(() => there.line.seq === 2, 'theirs')
    expect(JSON.stringify(there.frames)).not.toContain(owner.memberId)
    expect(JSON.stringify(stranger.frames)).not.toMatch(/secret|wamid\.r7/)
    for (const browser of [stranger, there]) browser.drop()
  })

  it('R11 one member has so many windows and no more', async () => {
    const few = { ...env, LIVE_SOCKETS_PER_MEMBER: '2' } as typeof env
    expect([(await openSocket(few, owner)).status, (await openSocket(few, owner)).status, (await openSocket(few, owner)).status]).toEqual([101, 101, 429])
    expect((await openSocket(few, await addMember(env, studioId, 'agent'))).status).toBe(101)
  })

  it('R13 R14 carries no credential, and looking and typing write nothing', async () => {
    const viewer = new Browser(env, await addMember(env, studioId, 'viewer'))
    await viewer.open()
    await viewer.until(() => !viewer.line.asking, 'coming')
    await deliver(env, number, textBody(number, 'wamid.r13', '4915112345678', 'x'))
    await ask('POST', `/api/integrations/${number.integrationId}/check`, { env, token: owner.token, body: {} })
    await viewer.until(() => viewer.line.seq >= 1, 'change')
    expect(JSON.stringify(viewer.frames)).not.toMatch(new RegExp(`${number.secret}|${number.verifyToken}|token-of-|sealed|credentials`))
    const before = await mine()
    for (let i = 0; i < 15; i += 1) viewer.say({ type: 'typing', conversation_id: 'cnv_x', on: i % 2 === 0 })
    await viewer.until(() => viewer.frames.some(frame => frame.type === 'presence'), 'presence')
    expect(differences(before, await mine())).toEqual([])
  })
})

function broken(database: D1Database): D1Database {
  return new Proxy(database, { get: (target, name) => (name === 'batch' ? async () => { throw new Error('disk I/O error') } : ((value: unknown) => (typeof value === 'function' ? value.bind(target) : value))(Reflect.get(target, name))) })
}

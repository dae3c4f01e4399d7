// The signature of Meta's webhooks and the handshake: who may speak to us.
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { whatsapp } from '../../../../src/channels/whatsapp/index.ts'
import { fixture, request } from './world.ts'

const secret = 'studio-test-secret'
const body = '{"text":"Caf\\u00e9 \\ud83d\\udc83 tanzen f\\u00fcr 5\\u20ac"}'
const signature = 'sha256=e15ce296d2c8c8474641531b62803202b9cb2129cab23deec0589845539e0ffe'
const signed = (header: string, of: string | Uint8Array<ArrayBuffer> = body) => request(of, { 'x-hub-signature-256': header })
const sign = (text: string, key = secret) => `sha256=${createHmac('sha256', key).update(text).digest('hex')}`

describe('verify', () => {
  it('accepts the recomputed vector over the escaped form', async () => {
    expect(await whatsapp.verify(signed(signature), [secret])).toBe(true)
  })
  it('accepts a plain UTF-8 body when those bytes were signed (W11)', async () => {
    const plain = fixture('text')
    expect(await whatsapp.verify(signed(sign(plain), plain), [secret])).toBe(true)
  })
  it('refuses re-serialised JSON (W3)', async () => {
    expect(await whatsapp.verify(signed(signature, JSON.stringify(JSON.parse(body))), [secret])).toBe(false)
  })
  it.each([`${body} `, `\ufeff${body}`, body.replace('5', '6'), `${body}\r\n`])('refuses an altered body (W11) %#', async altered => {
    expect(await whatsapp.verify(signed(signature, altered), [secret])).toBe(false)
  })
  it.each(['', 'sha256=', 'sha256=e', signature.slice(0, 15), signature.slice(0, 70), `${signature}0`, signature.slice(7), `sha1=${signature.slice(7)}`, `sha256=${'z'.repeat(64)}`, 'x'.repeat(10_000)])(
    'refuses a header of the wrong shape without a throw (W4) %#', async header => {
      expect(await whatsapp.verify(signed(header), [secret])).toBe(false)
    })
  it('refuses upper-case hex (W5: our choice, Meta writes lower case)', async () => {
    expect(await whatsapp.verify(signed(`sha256=${signature.slice(7).toUpperCase()}`), [secret])).toBe(false)
  })
  it('refuses a missing header and the SHA-1 header alone (W1, W8)', async () => {
    const sha1 = `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`
    expect(await whatsapp.verify(request(body), [secret])).toBe(false)
    expect(await whatsapp.verify(request(body, { 'x-hub-signature': sha1 }), [secret])).toBe(false)
  })
  it('refuses the header twice, valid and junk (W9)', async () => {
    const twice = request(body)
    twice.headers.append('x-hub-signature-256', signature)
    twice.headers.append('x-hub-signature-256', `sha256=${'0'.repeat(64)}`)
    expect(await whatsapp.verify(twice, [secret])).toBe(false)
  })
  it('never matches an empty secret, not even one that signed (W6)', async () => {
    expect(await whatsapp.verify(signed(sign(body, '')), [''])).toBe(false)
    expect(await whatsapp.verify(signed(signature), [])).toBe(false)
    expect(await whatsapp.verify(signed(signature), [undefined, null] as unknown as string[])).toBe(false)
  })
  it('tries every secret and no other (W7)', async () => {
    expect(await whatsapp.verify(signed(signature), ['old', '', secret])).toBe(true)
    expect(await whatsapp.verify(signed(sign(body, 'another studio')), ['old', secret])).toBe(false)
  })
})

describe('handshake (W12)', () => {
  const ask = (query: string) => whatsapp.handshake?.(new URLSearchParams(query), ['right', 'older'])
  it('echoes the challenge verbatim, leading zeros and markup included', async () => {
    expect(await ask('hub.mode=subscribe&hub.challenge=0012&hub.verify_token=right')).toEqual({ status: 200, body: '0012' })
    expect(await ask('hub.mode=subscribe&hub.challenge=%3Cscript%3E&hub.verify_token=older')).toEqual({ status: 200, body: '<script>' })
  })
  it.each(['hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong', 'hub.mode=subscribe&hub.challenge=1', 'hub.mode=subscribe&hub.challenge=1&hub.verify_token=',
    'hub.challenge=1&hub.verify_token=right', 'hub.mode=subscribe&hub.verify_token=right', ''])('refuses %s', async query => {
    expect((await ask(query))?.status).toBe(403)
  })
  it('an empty verify token in force lets nobody in', async () => {
    expect((await whatsapp.handshake?.(new URLSearchParams('hub.mode=subscribe&hub.challenge=1&hub.verify_token='), ['']))?.status).toBe(403)
  })
})

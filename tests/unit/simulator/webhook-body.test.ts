// Meta's escaping and signature, against a published vector.

import { expect, test } from 'vitest'
import { envelope, escapeAsMeta, escapeUnicode, signatures } from '../../../simulator/src/whatsapp/webhook-body.ts'

// From the tests of the public library whatsapp-api-js.
const secret = 'YOUR_APP_SECRET'
const text = "Let's pretend this body is equal to the message object and can handle unicode characters like みどりいろ and J'ai mangé des pâtes"

test('the signature is made over the escaped form, as the published vector says', async () => {
  const signed = await signatures(secret, escapeUnicode(text))
  expect(signed['X-Hub-Signature-256']).toBe('sha256=0363007aabdf1ab579f35936651a460fb5fa1aaf40df98b1264446b72cc96688')
})

test('the same text in plain UTF-8 has another signature', async () => {
  expect((await signatures(secret, text))['X-Hub-Signature-256']).toMatch(/^sha256=5ab50fef/)
})

test('non-ASCII becomes lowercase \\uXXXX, each half of an emoji for itself, and a slash is escaped', () => {
  expect(escapeAsMeta({ body: 'äöå 😀 a/b' })).toBe('{"body":"\\u00e4\\u00f6\\u00e5 \\ud83d\\ude00 a\\/b"}')
})

test('what is escaped still parses to the same value', () => {
  const value = envelope('1', [{ field: 'messages', value: { text: 'ñandú "quoted" \\ / \n 林' } }])
  expect(JSON.parse(escapeAsMeta(value))).toEqual(value)
})

// One try to send: what is written to WhatsApp, and how each end of it is told apart.
import { describe, expect, it } from 'vitest'
import { whatsapp } from '../../../../src/channels/whatsapp/index.ts'
import type { OutboundAttachment, OutboundMessage } from '../../../../src/contract/channel.ts'
import { accepted, account, graphError, hello, world } from './world.ts'

const send = async (message: Partial<OutboundMessage>, ...answers: Parameters<typeof world>) => {
  const { context, calls } = world(...answers)
  return { outcome: await whatsapp.send({ ...hello, ...message }, account, context), calls, sent: () => JSON.parse(calls.at(-1)?.body ?? 'null') as Record<string, unknown> }
}
const file = (kind: OutboundAttachment['kind'], mime: string, bytes = 'JPEGBYTES', filename?: string): OutboundAttachment => ({
  kind, mime, filename, size: bytes.length, open: async () => new Response(bytes).body as ReadableStream<Uint8Array>,
})

describe('what is written', () => {
  it('text: version, token, +E.164 and our id as tag', async () => {
    const { outcome, calls, sent } = await send({ content: 'See https://studio.example' }, accepted())
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ method: 'POST', url: 'http://127.0.0.1:8787/simulator/graph/v26.0/200000000000001/messages' })
    expect(calls[0]?.headers.get('authorization')).toBe(`Bearer ${account.credentials.access_token}`)
    expect(sent()).toEqual({
      messaging_product: 'whatsapp', recipient_type: 'individual', to: '+4915112345678', type: 'text',
      text: { body: 'See https://studio.example', preview_url: true }, biz_opaque_callback_data: 'msg_1',
    })
    expect(outcome).toEqual({ outcome: 'sent', externalId: 'wamid.new', party: { keys: ['phone:+4915112345678'], phone: '+4915112345678' } })
  })
  it.each([
    [{ keys: ['bsuid:DE.1', 'phone:+4915112345678'] }, { to: '+4915112345678' }],
    [{ keys: ['phone:+1'], phone: '4915112345678' }, { to: '+4915112345678' }],
    [{ keys: ['bsuid:DE.1'] }, { recipient: 'DE.1' }],
  ])('to %j', async (to, expected) => {
    const { sent } = await send({ to }, accepted())
    expect(sent()).toMatchObject(expected)
    expect(Object.keys(sent()).filter(key => key === 'to' || key === 'recipient')).toHaveLength(1)
  })
  it('a reply names its message, a reaction its target, no emoji removes', async () => {
    expect((await send({ replyTo: 'wamid.q' }, accepted())).sent()).toMatchObject({ context: { message_id: 'wamid.q' }, text: { preview_url: false } })
    expect((await send({ content: '', reaction: { target: 'wamid.q', emoji: '' } }, accepted())).sent()).toMatchObject({ type: 'reaction', reaction: { message_id: 'wamid.q', emoji: '' } })
  })
  it('the answer\'s party is what counts, not what we wrote to', async () => {
    expect((await send({}, accepted('wamid.n', { input: '+5511987654321', wa_id: '551187654321' }))).outcome).toMatchObject({ party: { keys: ['phone:+5511987654321'], phone: '+551187654321' } })
    expect((await send({}, accepted('wamid.n', { input: 'DE.1', user_id: 'DE.1' }))).outcome).toMatchObject({ party: { keys: ['bsuid:DE.1'] } })
    expect((await send({}, Response.json({ messages: [{ id: 'wamid.h', message_status: 'held_for_quality_assessment' }] }))).outcome).toEqual({ outcome: 'sent', externalId: 'wamid.h', held: true })
  })
})

describe('files', () => {
  it('are uploaded, then sent by id', async () => {
    const { calls, sent, outcome } = await send({ content: 'Look', attachment: file('image', 'image/jpeg', 'JPEGBYTES', 'a"\r\nX: y.jpg') }, Response.json({ id: '901' }), accepted())
    expect(calls.map(call => call.url.split('/').at(-1))).toEqual(['media', 'messages'])
    const type = calls[0]?.headers.get('content-type') ?? ''
    const form = await new Response(calls[0]?.body, { headers: { 'content-type': type } }).formData()
    expect([form.get('messaging_product'), form.get('type'), await (form.get('file') as File).text(), (form.get('file') as File).name]).toEqual(['whatsapp', 'image/jpeg', 'JPEGBYTES', 'a___X_ y.jpg'])
    expect(sent()).toMatchObject({ type: 'image', image: { id: '901', caption: 'Look' } })
    expect(outcome.outcome).toBe('sent')
  })
  it('a voice note is audio with voice, a document keeps its name', async () => {
    expect((await send({ content: '', attachment: file('voice', 'audio/ogg; codecs=opus') }, Response.json({ id: '1' }), accepted())).sent()).toMatchObject({ type: 'audio', audio: { id: '1', voice: true } })
    expect((await send({ content: 'Plan', attachment: file('document', 'application/pdf', 'x', 'Plan für Zoë.pdf') }, Response.json({ id: '2' }), accepted())).sent())
      .toMatchObject({ type: 'document', document: { id: '2', filename: 'Plan für Zoë.pdf', caption: 'Plan' } })
  })
  it.each([
    ['image', 'image/gif', 10, 'file_type'], ['image', 'image/jpeg', 5 * 1024 * 1024 + 1, 'file_size'], ['video', 'video/mp4', 16 * 1024 * 1024 + 1, 'file_size'],
    ['document', 'text/html', 10, 'file_type'], ['sticker', 'image/png', 10, 'file_type'], ['image', 'image/png', 0, 'file_size'],
  ] as const)('%s %s of %i bytes is refused before any call', async (kind, mime, size, code) => {
    const { outcome, calls } = await send({ content: '', attachment: { ...file(kind, mime), size } }, accepted())
    expect(outcome).toMatchObject({ outcome: 'rejected', error: { code, verdict: 'reject' } })
    expect(calls).toEqual([])
  })
  it('a lost upload has sent nothing: a definite no, to be tried again', async () => {
    const { outcome, calls } = await send({ content: '', attachment: file('image', 'image/png') }, new TypeError('Network connection lost.'))
    expect(outcome).toMatchObject({ outcome: 'rejected', error: { verdict: 'retry' } })
    expect(calls).toHaveLength(1)
  })
  it('a file that cannot be opened costs no call', async () => {
    const { outcome, calls } = await send({ content: '', attachment: { ...file('image', 'image/png'), open: () => Promise.reject(new Error('gone')) } }, accepted())
    expect(outcome).toMatchObject({ outcome: 'rejected', error: { code: 'file_unreadable', verdict: 'retry' } })
    expect(calls).toEqual([])
  })
})

describe('what is refused before any call', () => {
  it.each([
    [{ content: '' }, 'empty'], [{ content: ' \n' }, 'empty'], [{ content: 'x'.repeat(4097) }, 'too_long'], [{ to: { keys: ['mail:a@b.c'] } }, 'no_recipient'],
    [{ to: { keys: ['wa:business-7'] } }, 'no_recipient'], [{ type: 'html' as const }, 'unsupported_type'], [{ type: 'note' as const }, 'unsupported_type'],
    [{ content: 'words', attachment: file('audio', 'audio/mpeg') }, 'no_caption'], [{ content: 'x'.repeat(1025), attachment: file('image', 'image/png') }, 'too_long'],
  ])('%j → %s', async (message, code) => {
    const { outcome, calls } = await send(message, accepted())
    expect(outcome).toMatchObject({ outcome: 'rejected', error: { code, verdict: 'reject', next: expect.stringMatching(/\.$/) } })
    expect(calls).toEqual([])
  })
  it('4096 emoji are 4096 characters', async () => {
    expect((await send({ content: '💃'.repeat(4096) }, accepted())).outcome.outcome).toBe('sent')
  })
})

describe('how it ended (F11–F13)', () => {
  const refusedCause = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })
  const resetCause = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) })
  it.each([
    ['window closed', graphError(131047), { outcome: 'rejected', error: { code: '131047', verdict: 'template_needed' } }],
    ['token expired', graphError(190, 'expired', 401), { outcome: 'rejected', error: { verdict: 'stop' } }],
    ['too fast', graphError(130429, '(#130429)', 429), { outcome: 'rejected', error: { verdict: 'retry', retryAfterMs: 1000 } }],
    ['500 in Graph\'s own words', graphError(131016, 'unavailable', 500), { outcome: 'rejected', error: { verdict: 'retry' } }],
    ['200 with an error in it', Response.json({ error: { code: 131026, message: 'Undeliverable' } }), { outcome: 'rejected', error: { code: '131026', verdict: 'reject' } }],
    ['400 without words', new Response('<h1>Bad</h1>', { status: 400 }), { outcome: 'rejected', error: { code: 'http_400', verdict: 'reject' } }],
    ['429 of something between', new Response('slow', { status: 429, headers: { 'retry-after': '7' } }), { outcome: 'rejected', error: { verdict: 'retry', retryAfterMs: 7000 } }],
    ['401 without words', new Response(null, { status: 401 }), { outcome: 'rejected', error: { verdict: 'stop' } }],
    ['408', new Response(null, { status: 408 }), { outcome: 'unconfirmed' }],
    ['502 without words', new Response('<html>bad gateway</html>', { status: 502 }), { outcome: 'unconfirmed' }],
    ['500 with an empty error', Response.json({ error: {} }, { status: 500 }), { outcome: 'unconfirmed' }],
    ['500 with a bare string', Response.json({ error: 'oops' }, { status: 500 }), { outcome: 'unconfirmed' }],
    ['200 that is no JSON', new Response('ok'), { outcome: 'unconfirmed' }],
    ['200 with nothing in it', new Response(null), { outcome: 'unconfirmed' }],
    ['200 with an array', Response.json([]), { outcome: 'unconfirmed' }],
    ['200 without an id', Response.json({ messages: [{}] }), { outcome: 'unconfirmed' }],
    ['200 with nulls', Response.json({ messages: null, contacts: null }), { outcome: 'unconfirmed' }],
    ['a redirect', new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }), { outcome: 'unconfirmed' }],
    ['connection lost', new TypeError('Network connection lost.'), { outcome: 'unconfirmed' }],
    ['reset', resetCause, { outcome: 'unconfirmed' }],
    ['connection refused, and the runtime says so', refusedCause, { outcome: 'rejected', error: { code: 'unreachable', verdict: 'retry' } }],
  ])('%s', async (_name, answer, expected) => {
    const { outcome, calls } = await send({}, answer)
    expect(outcome).toMatchObject(expected)
    expect(calls).toHaveLength(1)
  })
  it('an answer that breaks off midway is unconfirmed', async () => {
    const { outcome } = await send({}, () => new Response(new ReadableStream({ start(controller) {
      controller.enqueue(new TextEncoder().encode('{"messages":[{"id":"wa'))
      controller.error(new Error('reset'))
    } })))
    expect(outcome).toMatchObject({ outcome: 'unconfirmed' })
  })
  it('a configured address that is not allowed: nothing left, so a definite no', async () => {
    const { context, calls } = world(accepted())
    context.config.META_GRAPH_URL = 'ftp://nowhere'
    expect(await whatsapp.send(hello, account, context)).toMatchObject({ outcome: 'rejected', error: { code: 'unreachable' } })
    expect(calls).toEqual([])
  })
  it('the pair limit asks for 4^X seconds', async () => {
    const waits = await Promise.all([1, 2, 3, 4].map(async attempt => (await send({ attempt }, graphError(131056))).outcome))
    expect(waits.map(one => one.outcome === 'rejected' && one.error.retryAfterMs)).toEqual([1000, 4000, 16_000, 64_000])
  })
  it('a reason never shows a token', async () => {
    const { outcome } = await send({}, graphError(190, `Session of ${account.credentials.access_token} at ?access_token=abc ended`))
    expect(JSON.stringify(outcome)).not.toMatch(/EAAtest|=abc/)
  })
})

it('acknowledge marks read, with typing when asked, and swallows a refusal', async () => {
  const { context, calls } = world(graphError(131009))
  await whatsapp.acknowledge?.('wamid.in', false, account, context)
  await whatsapp.acknowledge?.('wamid.in', true, account, context)
  expect(calls.map(call => JSON.parse(call.body) as unknown)).toEqual([
    { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.in' },
    { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.in', typing_indicator: { type: 'text' } },
  ])
})

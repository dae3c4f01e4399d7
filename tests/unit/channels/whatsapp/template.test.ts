// Templates: values are held against the approved text before WhatsApp sees them.
import { describe, expect, it } from 'vitest'
import { whatsapp } from '../../../../src/channels/whatsapp/index.ts'
import type { OutboundAttachment, TemplateUse } from '../../../../src/contract/channel.ts'
import { accepted, account, graphError, hello, world } from './world.ts'

const use = (more: Partial<TemplateUse> = {}): TemplateUse => ({ name: 'trial', language: 'en_US', variables: [], ...more })
const body = (text: string) => ({ type: 'BODY', text })
const urlButton = { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Stop' }, { type: 'URL', text: 'Book', url: 'https://s.example/{{1}}' }, { type: 'PHONE_NUMBER', text: 'Call' }] }

async function send(template: TemplateUse, components: unknown, attachment?: OutboundAttachment) {
  const { context, calls } = attachment === undefined ? world(accepted()) : world(Response.json({ id: '77' }), accepted())
  const outcome = await whatsapp.send({ ...hello, type: 'template', content: '', template, templateComponents: components, attachment }, account, context)
  const sent = JSON.parse(calls.at(-1)?.body ?? '{}') as { type?: string; template?: { components?: unknown } }
  return { outcome, calls, sent }
}

describe('what is written', () => {
  it.each<[string, TemplateUse, unknown[], unknown]>([
    ['no variables', use(), [body('Hi')], undefined],
    ['by position', use({ variables: ['Mia', '7 pm'] }), [body('Hi {{1}}, at {{2}}')], [{ type: 'body', parameters: [{ type: 'text', text: 'Mia' }, { type: 'text', text: '7 pm' }] }]],
    ['positions out of order in the text', use({ variables: ['one', 'two'] }), [body('{{2}} before {{1}}')], [{ type: 'body', parameters: [{ type: 'text', text: 'one' }, { type: 'text', text: 'two' }] }]],
    ['a position used twice', use({ variables: ['Mia'] }), [body('{{1}} {{1}}')], [{ type: 'body', parameters: [{ type: 'text', text: 'Mia' }] }]],
    ['positions by name', use({ variables: { 2: 'b', 1: 'a' } }), [body('{{1}} {{2}}')], [{ type: 'body', parameters: [{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }] }]],
    ['by name', use({ variables: { day: 'Monday', first_name: 'Mia' } }), [body('Hi {{first_name}} on {{day}}')], [{ type: 'body', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Mia' }, { type: 'text', parameter_name: 'day', text: 'Monday' }] }]],
    ['names in order', use({ variables: ['Mia'] }), [body('Hi {{first_name}}')], [{ type: 'body', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Mia' }] }]],
    ['header and button', use({ header: { variables: ['Salsa'] }, buttons: [{ index: 1, value: 'abc' }, { index: 0, value: 'STOP' }] }), [{ type: 'HEADER', format: 'TEXT', text: 'New: {{1}}' }, body('Hi'), urlButton],
      [{ type: 'header', parameters: [{ type: 'text', text: 'Salsa' }] }, { type: 'button', index: '1', sub_type: 'url', parameters: [{ type: 'text', text: 'abc' }] }, { type: 'button', index: '0', sub_type: 'quick_reply', parameters: [{ type: 'payload', payload: 'STOP' }] }]],
    ['line breaks in a value', use({ variables: ['a\n\tb         c '] }), [body('{{1}}')], [{ type: 'body', parameters: [{ type: 'text', text: 'a b    c' }] }]],
    ['a name from Object', use({ variables: { constructor: 'x' } }), [body('{{constructor}}')], [{ type: 'body', parameters: [{ type: 'text', parameter_name: 'constructor', text: 'x' }] }]],
  ])('%s', async (_name, template, components, expected) => {
    const { outcome, sent } = await send(template, components)
    expect(outcome.outcome).toBe('sent')
    expect(sent).toMatchObject({ type: 'template', template: { name: 'trial', language: { code: 'en_US' } } })
    expect(sent.template?.components).toEqual(expected)
  })
  it('a picture in the header is uploaded first', async () => {
    const picture: OutboundAttachment = { kind: 'image', mime: 'image/png', size: 3, open: async () => new Response('abc').body as ReadableStream<Uint8Array> }
    const { sent, calls } = await send(use(), [{ type: 'HEADER', format: 'IMAGE' }, body('Hi')], picture)
    expect(calls).toHaveLength(2)
    expect(sent.template?.components).toEqual([{ type: 'header', parameters: [{ type: 'image', image: { id: '77' } }] }])
  })
  it('without stored components the values are passed on', async () => {
    const { sent } = await send(use({ variables: { first_name: 'Mia' } }), undefined)
    expect(sent.template?.components).toEqual([{ type: 'body', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Mia' }] }])
  })
})

describe('what is refused before any call', () => {
  it.each<[string, TemplateUse, unknown[], RegExp]>([
    ['too few', use({ variables: ['a'] }), [body('{{1}} {{2}}')], /needs 2 values; missing: 2/],
    ['too many', use({ variables: ['a', 'b'] }), [body('{{1}}')], /takes 1 value, not 2/],
    ['values for a text without any', use({ variables: ['a'] }), [body('Hi')], /takes 0 values, not 1/],
    ['a wrong name', use({ variables: { name: 'a' } }), [body('{{first_name}}')], /missing: first_name/],
    ['an extra name', use({ variables: { first_name: 'a', other: 'b' } }), [body('{{first_name}}')], /takes 1 value, not 2/],
    ['an empty value', use({ variables: [' \n'] }), [body('{{1}}')], /empty/],
    ['a missing header value', use(), [{ type: 'HEADER', format: 'TEXT', text: '{{1}}' }, body('Hi')], /missing: 1/],
    ['a missing header file', use(), [{ type: 'HEADER', format: 'VIDEO' }, body('Hi')], /needs a file: video/],
    ['a button that is not there', use({ buttons: [{ index: 5, value: 'x' }] }), [body('Hi')], /no button 6/],
    ['a button that takes nothing', use({ buttons: [{ index: 1, value: 'x' }, { index: 2, value: 'x' }] }), [body('Hi'), urlButton], /Button 3 .* takes no value/],
    ['a missing button value', use(), [body('Hi'), urlButton], /Button 2 needs a value/],
  ])('%s', async (_name, template, components, reason) => {
    const { outcome, calls } = await send(template, components)
    expect(outcome).toMatchObject({ outcome: 'rejected', error: { code: 'template_values', verdict: 'reject', reason: expect.stringMatching(reason) } })
    expect(calls).toEqual([])
  })
})

describe('templates()', () => {
  it('follows the cursor, not the address it is given', async () => {
    const page = (name: string, paging: object) => Response.json({ data: [{ id: 1, name, language: 'de', status: 'APPROVED', category: 'UTILITY', components: [body('Hi {{first_name}} {{day}}')] }, null, { id: '2' }], paging })
    const { context, calls } = world(page('one', { cursors: { after: 'abc' }, next: 'https://evil.example/' }), page('two', { cursors: { after: 'def' } }))
    const found = await whatsapp.templates?.(account, context)
    expect(found).toMatchObject({ ok: true, templates: [{ name: 'one', externalId: '1', variables: ['first_name', 'day'], body: 'Hi {{first_name}} {{day}}' }, { name: 'two' }] })
    expect(calls.map(call => new URL(call.url).searchParams.get('after'))).toEqual([null, 'abc'])
    expect(calls.every(call => call.url.startsWith('http://127.0.0.1:8787/simulator/graph/v26.0/300000000000001/message_templates?'))).toBe(true)
  })
  it('a refusal comes as a reason', async () => {
    expect(await whatsapp.templates?.(account, world(graphError(200, 'Missing permission')).context)).toEqual({ ok: false, reason: 'Missing permission' })
  })
})

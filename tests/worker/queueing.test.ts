// What may be queued: a message that the channel could not send is refused at the desk.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { meta, metaFetch, openOutbox } from '../support/outbox.ts'
import type { Outbox } from '../support/outbox.ts'

let outbox: Outbox
beforeAll(() => void vi.stubGlobal('fetch', metaFetch))
afterAll(() => vi.unstubAllGlobals())
beforeEach(async () => void (outbox = await openOutbox()))

describe('a template', () => {
  it.each([['IMAGE', 'image', 'image/jpeg'], ['VIDEO', 'video', 'video/mp4'], ['DOCUMENT', 'document', 'application/pdf'], ['DOCUMENT', 'file', 'application/pdf']])('with a %s in its head goes out with a file of the kind %s', async (format, kind, mime) => {
    const use = await outbox.template([{ type: 'HEADER', format }, { type: 'BODY', text: 'Hello' }])
    const reply = await outbox.write({ type: 'template', template: use, attachments: [await outbox.file(kind, mime)] })
    expect([reply.status, reply.body.data?.type, reply.body.data?.attachments.map((one: { kind: string }) => one.kind)]).toEqual([201, 'template', [kind]])
    await outbox.run(`send:${reply.body.data.id}`)
    expect(await outbox.message(reply.body.data.id)).toMatchObject({ status: 'sent', error: null })
    const parameter = { type: format.toLowerCase(), [format.toLowerCase()]: { id: 'media1' } }
    expect(JSON.parse(meta.calls.at(-1)?.body ?? '{}').template.components).toMatchObject([{ type: 'header', parameters: [parameter] }])
  })

  it('lacking any value is refused before it is queued', async () => {
    const header = await outbox.template([{ type: 'HEADER', format: 'TEXT', text: 'Hi {{1}}' }, { type: 'BODY', text: 'Hello' }])
    const button = await outbox.template([{ type: 'BODY', text: 'Hello' }, { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Go', url: 'https://x.example/{{1}}' }] }])
    const picture = await outbox.template([{ type: 'HEADER', format: 'IMAGE' }, { type: 'BODY', text: 'Hello' }])
    const body = await outbox.template([{ type: 'BODY', text: 'Hello {{1}}' }], ['1'])
    const cases: [string, Record<string, unknown>, string][] = [
      ['header', { template: header }, 'template.header'], ['button', { template: button }, 'template.buttons'], ['blank button', { template: { ...button, buttons: [{ index: 0, value: ' ' }] } }, 'template.buttons'],
      ['no such button', { template: { ...button, buttons: [{ index: 0, value: 'a' }, { index: 1, value: 'b' }] } }, 'template.buttons'],
      ['no file', { template: picture }, 'attachments'], ['wrong file', { template: picture, attachments: [await outbox.file('document', 'application/pdf')] }, 'attachments'], ['wrong bytes', { template: picture, attachments: [await outbox.file('image', 'image/tiff')] }, 'attachments'],
      ['file for none', { template: body, attachments: [await outbox.file('image', 'image/png')] }, 'attachments'], ['body', { template: body }, 'template.variables'], ['blank body', { template: { ...body, variables: [' '] } }, 'template.variables'],
    ]
    for (const [name, more, field] of cases) {
      const reply = await outbox.write(name === 'file for none' ? { template: { ...body, variables: ['Mia'] }, attachments: more.attachments } : more)
      expect([name, reply.status, reply.body.error?.details?.field]).toEqual([name, 422, field])
    }
    expect((await outbox.write({ template: { ...header, header: { variables: ['Mia'] } } })).status).toBe(201)
    expect((await outbox.write({ template: { ...button, buttons: [{ index: 0, value: 'trial' }] } })).status).toBe(201)
  })
})

it('a type that is not what would go out is refused', async () => {
  const use = await outbox.template([{ type: 'BODY', text: 'Hello' }])
  const picture = await outbox.file('image', 'image/png')
  const wrong = [{ type: 'image', content: 'hi' }, { type: 'voice', content: 'hi' }, { type: 'template', content: 'x' }, { type: 'text', template: use }, { type: 'text', attachments: [picture] }, { type: 'video', attachments: [picture] }]
  for (const body of wrong) {
    const reply = await outbox.write(body)
    expect([body.type, reply.status, reply.body.error?.details?.field]).toEqual([body.type, 422, 'type'])
  }
  expect((await outbox.write({ type: 'note', content: 'x', template: use })).body.error?.details?.field).toBe('template')
  expect((await outbox.write({ type: 'text', content: 'hi' })).body.data.type).toBe('text')
  expect((await outbox.write({ type: 'image', attachments: [picture] })).body.data.type).toBe('image')
})

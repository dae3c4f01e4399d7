// What the inbox draws from text and data: links, marks, templates, search marks, streams, counts.
import { describe, expect, it } from 'vitest'
import type { Template } from '../../../src/contract/inbox.ts'
import { matches } from '../../../web/src/data/filter.ts'
import { fromHttp } from '../../../web/src/data/unread.ts'
import { readEvents } from '../../../web/src/lib/event-stream.ts'
import { zonesOfPhone } from '../../../web/src/lib/phone-zones.ts'
import { isOnlyEmoji, piecesOf } from '../../../web/src/lib/rich-text.ts'
import { fillSnippet, openVariable } from '../../../web/src/lib/snippet-text.ts'
import { fieldsOf, filled, templateUse } from '../../../web/src/lib/template-form.ts'
import { runningSpan } from '../../../web/src/lib/times.ts'
import { forMember } from './made.ts'

const template = (over: Partial<Template>): Template => ({ id: 't', account_id: 'a', name: 'n', language: 'en', category: 'UTILITY', status: 'APPROVED', body: '', variables: [], components: [], synced_at: '', ...over })

describe('a message\'s words', () => {
  it('become links only for http and https, without trailing punctuation', () => {
    expect(piecesOf('see https://a.example/x?y=1). javascript:alert(1)')).toEqual([
      { kind: 'text', text: 'see ' }, { kind: 'link', text: 'https://a.example/x?y=1', href: 'https://a.example/x?y=1' }, { kind: 'text', text: '). javascript:alert(1)' },
    ])
  })
  it('know chat marks, but not inside words', () => {
    expect(piecesOf('*yes* snake_case_name ~no~').map(piece => piece.kind)).toEqual(['bold', 'text', 'strike'])
  })
  it('are drawn large when they are emoji only', () => {
    expect([isOnlyEmoji('🎉🎉'), isOnlyEmoji('👩‍👧'), isOnlyEmoji('hi 🎉'), isOnlyEmoji('12'), isOnlyEmoji(' ')]).toEqual([true, true, false, false, false])
  })
})

describe('a template', () => {
  it('asks for header, body and button values and sends positional ones in order', () => {
    const shown = template({ body: 'Hi {{2}}, at {{1}}', components: [{ type: 'HEADER', format: 'TEXT', text: 'Hello {{1}}' }, { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Ok' }, { type: 'URL', text: 'Open', url: 'https://x/{{1}}' }] }] })
    expect(fieldsOf(shown).map(field => field.key)).toEqual(['header.1', 'body.2', 'body.1', 'button.1'])
    const values = { 'header.1': 'A', 'body.1': '17:00', 'body.2': 'Maya', 'button.1': 'k' }
    expect(templateUse(shown, values)).toEqual({ name: 'n', language: 'en', variables: ['17:00', 'Maya'], header: { variables: ['A'] }, buttons: [{ index: 1, value: 'k' }] })
    expect(filled(shown.body, 'body', { 'body.2': 'Maya' })).toBe('Hi Maya, at {{1}}')
  })
  it('sends named variables by name', () => {
    expect(templateUse(template({ body: 'Hi {{first_name}}' }), { 'body.first_name': 'Maya' }).variables).toEqual({ first_name: 'Maya' })
  })
})

describe('small rules', () => {
  it('fills what a saved text may know and names what is open', () => {
    const text = fillSnippet('Hi {{first_name}}, ring at {{door}}', { name: 'Maya Ruiz' }, 'Barre')
    expect([text, openVariable(text), openVariable('done')]).toEqual(['Hi Maya, ring at {{door}}', 'door', null])
  })
  it('guesses zones from country codes only', () => {
    expect([zonesOfPhone('+34600111222'), zonesOfPhone('+12125550100').length, zonesOfPhone('0600'), zonesOfPhone(null)]).toEqual([['Europe/Madrid'], 2, [], []])
  })
  it('counts spans as people read them', () => {
    expect([runningSpan(67_000), runningSpan(3_600_000 * 2 + 60_000), runningSpan(3_600_000 * 72), runningSpan(-5)]).toEqual(['1:07', '2 h 01 m', '3 d', '0:00'])
  })
  it('reads events that are cut anywhere between chunks', async () => {
    const bytes = new TextEncoder().encode('event: suggestion\ndata: {"text":"é"}\n\nevent: done\ndata: 1\n\n')
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const events = []
      for await (const event of readEvents(new Response(new ReadableStream({ start(controller) { controller.enqueue(bytes.slice(0, cut)); controller.enqueue(bytes.slice(cut)); controller.close() } })))) events.push(event)
      expect(events).toEqual([{ name: 'suggestion', data: '{"text":"é"}' }, { name: 'done', data: '1' }])
    }
  })
  it('filters a live row as the server filters a page', () => {
    const head = fromHttp(forMember(1, { assignee_id: 'mem_me', labels: ['l1'] }), undefined, 0)
    expect([matches({ status: 'open', sort: 'newest', assignee: 'me' }, head, 'mem_me'), matches({ status: 'open', sort: 'newest', assignee: 'none' }, head, 'mem_me'), matches({ status: 'open', sort: 'newest', label: 'l2' }, head, 'mem_me'), matches({ status: 'all', sort: 'waiting' }, head, 'mem_me'), matches({ status: 'open', sort: 'newest', unread: true }, head, 'mem_me')]).toEqual([true, false, false, false, false])
  })
})

// Reading JSON that people send: what JSON.parse lets through and we do not.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseStrictJson } from '../../../src/platform/strict-json.ts'

describe('strict JSON', () => {
  it('reads whatever JSON.stringify writes, as JSON.parse does', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), value => {
      const text = JSON.stringify(value)
      fc.pre(!text.includes('__proto__'))
      expect(parseStrictJson(text)).toEqual(JSON.parse(text))
    }))
  })

  it('refuses a key twice in one object, not in two', () => {
    expect(parseStrictJson('[{"a":1},{"a":{"a":"a\\":"}}]')).toEqual([{ a: 1 }, { a: { a: 'a":' } }])
    for (const text of ['{"a":1,"a":2}', '{"a":1,"\\u0061" :2}', '[{"x":{"b":1,"c":[],"b":2}}]']) expect(() => parseStrictJson(text)).toThrow('twice')
  })

  it('refuses depth over 32 and keys that reach a prototype', () => {
    expect(() => parseStrictJson('['.repeat(33) + ']'.repeat(33))).toThrow('deep')
    expect(parseStrictJson('['.repeat(32) + ']'.repeat(32))).toBeInstanceOf(Array)
    expect(() => parseStrictJson('{"__proto__":{}}')).toThrow('not allowed')
    expect(parseStrictJson('"__proto__"')).toBe('__proto__')
  })

  it('says nothing of the text that was broken', () => {
    expect(() => parseStrictJson('{"secret":')).toThrow(/^The body is not valid JSON\.$/)
  })
})

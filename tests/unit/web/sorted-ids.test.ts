// Binary insertion: the list equals a sorted copy after any run of puts and removals.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SortedIds } from '../../../web/src/lib/sorted-ids.ts'

const steps = fc.array(fc.record({ id: fc.nat(15).map(n => `id${n}`), key: fc.nat(9).map(n => `k${n}`), remove: fc.boolean() }), { maxLength: 60 })

describe('SortedIds', () => {
  it.each(['ascending', 'descending'] as const)('keeps the %s order', order => {
    fc.assert(fc.property(steps, run => {
      const sorted = new SortedIds(order)
      const model = new Map<string, string>()
      for (const { id, key, remove } of run) {
        if (remove) { expect(sorted.remove(id)).toBe(model.delete(id)); continue }
        const before = [...sorted.ids]
        model.set(id, key)
        expect(sorted.put(id, key)).toBe(JSON.stringify(before) !== JSON.stringify(sorted.ids))
      }
      const expected = [...model].sort(([idA, a], [idB, b]) => (a === b ? (idA < idB ? -1 : 1) : a < b ? -1 : 1)).map(([id]) => id)
      if (order === 'descending') expected.reverse()
      expect(sorted.ids).toEqual(expected)
      expected.forEach((id, i) => expect(sorted.indexOf(id)).toBe(i))
    }))
  })
})

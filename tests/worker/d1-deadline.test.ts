// The deadline of a database call: it ends a stall, not a call whose answer waits behind our own work.
import { expect, it } from 'vitest'
import { writeBatch } from '../../src/db/d1.ts'
import { bindings } from '../support/api.ts'
import { slowD1 } from '../support/slow-d1.ts'

const one = () => [bindings.DIRECTORY.prepare('select 1 as n')]
const stalled = { batch: () => new Promise<never>(() => undefined) } as unknown as D1Database

it('F20 a database that never answers is given up after five seconds', async () => {
  const begun = Date.now()
  await expect(writeBatch(stalled, one())).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(Date.now() - begun).toBeGreaterThan(4_500)
  expect(Date.now() - begun).toBeLessThan(9_000)
})

it('an isolate that was busy itself does not call its database late', async () => {
  const answer = writeBatch(slowD1(bindings.DIRECTORY), one())
  const begun = Date.now()
  while (Date.now() - begun < 5_500) Math.sqrt(begun)
  expect((await answer)[0]?.results).toEqual([{ n: 1 }])
})

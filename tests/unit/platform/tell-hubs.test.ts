// The sweep's calls to hubs: a hub counts as told only as far as it says, and none holds up the others.
import { expect, test } from 'vitest'
import { setLogLevel } from '../../../src/platform/log.ts'
import { pokeBehind, tellEach } from '../../../src/durable-objects/sweep/tell-hubs.ts'

setLogLevel('silent')
const head = (id: string, seq: number) => ({ studio_id: id, seq })
const never = () => new Promise<never>(() => undefined)

test('a hub that is still behind is poked again, one that has caught up is not', async () => {
  const acknowledged = new Map<string, number>()
  const asked: string[] = []
  let reached = 3
  const sweep = () => pokeBehind([head('a', 5)], acknowledged, async ({ studio_id }) => { asked.push(studio_id); return reached })
  await sweep()
  expect(acknowledged.get('a')).toBe(3)
  reached = 7
  await sweep()
  expect(acknowledged.get('a')).toBe(5)
  await sweep()
  expect(asked).toHaveLength(2)
})

test('hubs that hang, throw or are nowhere hold up nobody and are asked again', async () => {
  const acknowledged = new Map<string, number>()
  const heads = [...Array.from({ length: 5 }, (_, i) => head(`hung${i}`, 1)), head('broken', 1), head('gone', 1), ...Array.from({ length: 60 }, (_, i) => head(`good${i}`, 1))]
  const begun = performance.now()
  await pokeBehind(heads, acknowledged, ({ studio_id }) => {
    if (studio_id.startsWith('hung')) return never()
    if (studio_id === 'broken') return Promise.reject(new Error('reset'))
    return Promise.resolve(studio_id === 'gone' ? null : 1)
  }, 50)
  expect(performance.now() - begun).toBeLessThan(1_000)
  expect([...acknowledged.keys()].every(id => id.startsWith('good'))).toBe(true)
  expect(acknowledged.size).toBe(60)
})

test('never more than twenty at once, and the answer says whether all heard', async () => {
  let [now, most] = [0, 0]
  const tell = async (): Promise<void> => {
    most = Math.max(most, (now += 1))
    await new Promise(resolve => setTimeout(resolve, 2))
    now -= 1
  }
  expect(await tellEach(Array.from({ length: 50 }, (_, i) => i), tell)).toBe(true)
  expect(most).toBe(20)
  expect(await tellEach([1, 2], async n => { if (n === 2) throw new Error('no') })).toBe(false)
})

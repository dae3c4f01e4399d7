// F1: the whole process group is killed under load, again and again; nothing acknowledged is lost, nothing is done twice.
import { expect, test } from 'vitest'
import { killRun } from './kill-run.ts'

test('F1 five kills under load lose nothing, double nothing, and leave no job undone', { timeout: 150_000 }, async () => {
  const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000)
  const report = await killRun({
    seed, cycles: 5, acknowledge: 300, webhooksPerSecond: 60, repliesPerSecond: 8, customers: 20,
    // A lease only has to outlast a provider's deadline of 15 s; with the usual ones this test would wait a minute for nothing.
    env: { LONGEST_LEASE_MS: '18000', SEND_SILENCE_MS: '15000' },
  })
  const context = `seed ${seed} (again with FAULT_SEED=${seed})`
  expect(report.broken, context).toEqual([])
  expect(report.acknowledged, context).toBeGreaterThanOrEqual(300)
  // One send per kill may be caught between our mark and the provider's yes; a person is told of each.
  expect(report.unconfirmed.length, context).toBeLessThanOrEqual(report.kills)
  expect(report.clients.every(client => client.replays > 0), context).toBe(true)
})

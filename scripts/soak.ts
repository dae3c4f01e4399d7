// `npm run soak`: the slow tests that `npm test` only samples. `npm run soak:kill`: the kill run alone.
import { parseArgs } from 'node:util'
import { killRun } from '../tests/faults/kill-run.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' }, cycles: { type: 'string', default: '50' }, messages: { type: 'string', default: '5000' } } })
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const soaks: Record<string, () => Promise<boolean>> = { kill }
const chosen = positionals.length === 0 ? Object.keys(soaks) : positionals
const unknown = chosen.filter(name => !Object.hasOwn(soaks, name))
if (unknown.length > 0) {
  console.error(`No such soak: ${unknown.join(', ')}. There are: ${Object.keys(soaks).join(', ')}`)
  process.exit(2)
}

let good = true
for (const name of chosen) good = (await soaks[name]?.()) === true && good
process.exit(good ? 0 : 1)

/** 50 kills, 5,000 acknowledged messages, the product's own waits. */
async function kill(): Promise<boolean> {
  const begun = Date.now()
  console.log(`Kill run with seed ${seed} (again: npm run soak:kill -- --seed ${seed})`)
  const report = await killRun({ seed, cycles: Number(values.cycles), acknowledge: Number(values.messages), webhooksPerSecond: 90, repliesPerSecond: 12, customers: 40 }, console.log)
  const restarts = report.restartMs.toSorted((a, b) => a - b)
  const share = report.unconfirmed.length / Math.max(1, report.replies)
  console.log([
    '', `kills                     ${report.kills}`, `acknowledged messages     ${report.acknowledged} (${report.replies} of them replies of staff)`,
    `deliveries tried again    ${report.redelivered}`, `restart on the same state ${restarts[Math.floor(restarts.length / 2)]} ms median, ${restarts.at(-1)} ms longest`,
    `calm until no job waits   ${(report.drainMs / 1000).toFixed(1)} s`, `sends by state            ${JSON.stringify(report.sends)}`,
    `sends unconfirmed         ${report.unconfirmed.length} (${(100 * share).toFixed(2)} % of the sends, ${(100 * report.unconfirmed.length / report.acknowledged).toFixed(2)} % of all messages)`,
    ...report.unconfirmed.map(one => `  ${one.id}: the provider ${one.accepted ? 'has it' : 'never saw it'}`),
    `live clients              ${report.clients.map(client => `${client.applied} changes over ${client.replays} replays and ${client.snapshots} snapshots`).join('; ')}`,
    `broken                    ${report.broken.length}`, ...report.broken.slice(0, 50).map(line => `  ${line}`), `${((Date.now() - begun) / 1000).toFixed(0)} s in all`,
  ].join('\n'))
  if (share > 0.005) console.log('More than 0.5 % of the sends are unconfirmed.')
  return report.broken.length === 0 && share <= 0.005
}

// `npm run bench`: measures every goal, prints the table and writes RESULTS.md. Flags: `--only a,c`, `--quick`.
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { type Finding, met, table } from './finding.ts'
import { Harness } from './harness.ts'
import { pinSelf } from './processes.ts'
import { writeResults } from './results.ts'

type Goal = { title: string; load: () => Promise<{ run(harness: Harness): Promise<Finding[]> }> }

const GOALS: Record<string, Goal> = {
  a: { title: 'webhook → staff socket', load: () => import('./goals/a-latency.ts') },
  b: { title: 'durable capacity', load: () => import('./goals/b-capacity.ts') },
  c: { title: 'counted per message', load: () => import('./goals/c-counts.ts') },
  d: { title: 'a thousand sockets', load: () => import('./goals/d-sockets.ts') },
  e: { title: 'ack beside a slow model', load: () => import('./goals/e-slow-model.ts') },
  f: { title: 'a flooding neighbour', load: () => import('./goals/f-neighbours.ts') },
  g: { title: 'reading among a million messages', load: () => import('./goals/g-reading.ts') },
  h: { title: 'the inbox in a browser', load: () => import('./goals/h-browser.ts') },
}

const { values: flags } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } } })
const chosen = flags.only?.split(',') ?? Object.keys(GOALS)
const unknown = chosen.filter(goal => !GOALS[goal])
if (unknown.length) throw new Error(`no goal ${unknown.join(', ')}; there are ${Object.keys(GOALS).join(', ')}`)

pinSelf()
const loadBefore = loadavg()[0]!
const findings: Finding[] = []
for (const goal of chosen) findings.push(...await measure(goal, GOALS[goal]!))
console.log(`\n${table(findings)}\n`)
writeResults(findings, { quick: flags.quick, loadBefore, titles: Object.fromEntries(Object.entries(GOALS).map(([goal, { title }]) => [goal, title])) })
const missed = findings.filter(finding => !met(finding)).length
console.log(`${findings.length - missed} of ${findings.length} figures met; missed figures stand in the table and do not fail the command`)
process.exit(0)

/** A goal that cannot be measured is a missed goal with its reason, never silence. */
async function measure(goal: string, { title, load }: Goal): Promise<Finding[]> {
  const harness = new Harness(flags.quick)
  const started = Date.now()
  console.log(`(${goal}) ${title} …`)
  try {
    const found = await (await load()).run(harness)
    console.log(`${table(found)}\n(${goal}) took ${Math.round((Date.now() - started) / 1000)} s`)
    return found
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    console.error(`(${goal}) not measured: ${reason}`)
    return [{ goal, figure: title, measured: NaN, limit: NaN, unit: '', detail: `not measured: ${reason.split('\n')[0]}` }]
  } finally {
    await harness.stop()
  }
}

// Writes RESULTS.md: the table, and the machine and versions it was measured with.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, release, totalmem } from 'node:os'
import { type Finding, met, show, table } from './finding.ts'
import { canPin } from './processes.ts'

const VERSIONED = ['miniflare', 'wrangler', 'hono', 'zod', 'solid-js', 'vite', 'ws', 'playwright-core']

/** Goals measured so far at full pace, each with its commit: a run may take them in pieces. */
interface Kept { [goal: string]: { at: string; commit: string; load: number; findings: (Omit<Finding, 'measured' | 'limit'> & { measured: number | null; limit: number | null })[] } }
const store = `${import.meta.dirname}/results.json`

/** Writes `bench/RESULTS.md`: these goals, and the others as they were measured last. A quick run goes to `RESULTS.quick.md` and replaces nothing. */
export function writeResults(fresh: Finding[], run: { quick: boolean; loadBefore: number; titles: Record<string, string> }): void {
  const file = `${import.meta.dirname}/${run.quick ? 'RESULTS.quick.md' : 'RESULTS.md'}`
  const findings = run.quick ? fresh : keep(fresh, run.loadBefore, run.titles)
  const missed = findings.filter(finding => !met(finding)).length
  writeFileSync(file, `# Benchmark results

${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${commit()}${run.quick ? ' — QUICK run, for developing only, quote nothing' : ''}

${findings.length - missed} of ${findings.length} figures met.

${table(findings)}

## Machine and versions

${machine()}
${measuredWhen(run)}

## How it was measured

Built bundle behind \`npm start\`, floors of \`bench/floors/\` in the same run, block by block in turn; ratios are taken per
block and the median is quoted. Open loop: messages leave on the clock, latency counts from the moment one was due. A block
with a refused message or a lost event is not a latency, it is a failure. "Ours" is the whole path: signature, raw receipt,
contact and conversation, message, change, job, hub, sockets, queue.
`)
  console.log(`written: ${file}`)
}

function keep(fresh: Finding[], load: number, titles: Record<string, string>): Finding[] {
  const kept = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) as Kept : {}
  for (const goal of new Set(fresh.map(finding => finding.goal))) kept[goal] = { at: new Date().toISOString(), commit: commit(), load, findings: fresh.filter(finding => finding.goal === goal) }
  writeFileSync(store, `${JSON.stringify(kept, null, 1)}\n`)
  // JSON has no NaN: what was not measured comes back as null.
  const never = (goal: string): Kept[string]['findings'] => [{ goal, figure: titles[goal] ?? '', measured: null, limit: null, unit: '', detail: 'not measured yet' }]
  return Object.keys(titles).sort().flatMap(goal => kept[goal]?.findings ?? never(goal)).map(finding => ({ ...finding, measured: finding.measured ?? NaN, limit: finding.limit ?? NaN }))
}

/** Above a load of 0.3 others were at work, and tails are not to be trusted. */
function measuredWhen(run: { quick: boolean; loadBefore: number }): string {
  if (run.quick) return `Load average before the run: ${show(run.loadBefore)}.`
  const kept = JSON.parse(readFileSync(store, 'utf8')) as Kept
  return Object.entries(kept).sort().map(([goal, when]) => `(${goal}) ${when.at.slice(0, 16).replace('T', ' ')} UTC at ${when.commit}, load average before ${show(when.load)}`).join('; ') + '. Above a load of 0.3 others were at work, and tails are not to be trusted.'
}

function machine(): string {
  const [cpu] = cpus()
  const pinning = canPin ? 'server and client pinned to a core each' : 'not pinned'
  const versions = VERSIONED.map(name => `${name} ${version(name)}`).join(', ')
  return `${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}; ${pinning}.\n`
    + `Node ${process.versions.node}, workerd ${version('workerd', createRequire(createRequire(import.meta.url).resolve('miniflare')))}, ${versions}.`
}

function version(name: string, require = createRequire(import.meta.url)): string {
  const found = require.resolve.paths(name)?.flatMap(folder => {
    try { return [JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8')).version as string] }
    catch (error) { if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; throw error }
  })
  return found?.[0] ?? 'unknown'
}

function commit(): string {
  return spawnSync('git', ['describe', '--always', '--dirty'], { cwd: import.meta.dirname, encoding: 'utf8' }).stdout?.trim() || 'unknown'
}

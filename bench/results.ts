// Writes RESULTS.md: the table, and the machine and versions it was measured with.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, release, totalmem } from 'node:os'
import { type Finding, met, show, table } from './finding.ts'
import { canPin } from './processes.ts'

const VERSIONED = ['miniflare', 'wrangler', 'hono', 'zod', 'solid-js', 'vite', 'ws', 'playwright-core']

/** Overwrites `bench/RESULTS.md`; a quick or partial run goes to `RESULTS.partial.md`, so it never replaces a full one. */
export function writeResults(findings: Finding[], run: { quick: boolean; partial: boolean; loadBefore: number }): void {
  const file = `${import.meta.dirname}/${run.quick || run.partial ? 'RESULTS.partial.md' : 'RESULTS.md'}`
  const missed = findings.filter(finding => !met(finding)).length
  writeFileSync(file, `# Benchmark results

${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, commit ${commit()}${run.quick ? ' — QUICK run, for developing only, quote nothing' : ''}

${findings.length - missed} of ${findings.length} figures met.

${table(findings)}

## Machine and versions

${machine()}
Load average before the run: ${show(run.loadBefore)} (above 0.3, others were at work and tails are not to be trusted).

## How it was measured

Built bundle behind \`npm start\`, floors of \`bench/floors/\` in the same run, block by block in turn; ratios are taken per
block and the median is quoted. Open loop: messages leave on the clock, latency counts from the moment one was due. A block
with a refused message or a lost event is not a latency, it is a failure. "Ours" is the whole path: signature, raw receipt,
contact and conversation, message, change, job, hub, sockets, queue.
`)
  console.log(`written: ${file}`)
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

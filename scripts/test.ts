// `npm test`: types, then every suite, one kind after the other (two cores serve one kind at a time best), and one closing line.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.ts'
import { ensureChromium } from './chromium.ts'

interface Report { numPassedTests: number; numFailedTests: number; numPendingTests: number; numFailedTestSuites: number; success: boolean }
const kinds = ['unit', 'worker', 'e2e', 'faults']
const only = process.argv.slice(2)

const chromium = ensureChromium()
const env = { ...process.env, ...(chromium === undefined ? {} : { CHROMIUM_PATH: chromium }), WRANGLER_SEND_METRICS: 'false' }
let passed = 0
let failed = 0

if (only.length === 0) for (const config of ['tsconfig.json', 'tsconfig.node.json', 'web/tsconfig.json', 'tests/worker/tsconfig.json', 'simulator/page/tsconfig.json']) {
  const run = spawnSync('tsc', ['-p', config, '--noEmit'], { stdio: 'inherit', env })
  if (run.status === 0) passed += 1
  else failed += 1
}
await build()
const folder = mkdtempSync(join(tmpdir(), 'studio-os-tests-'))
for (const kind of kinds.filter(kind => only.length === 0 || only.includes(kind))) {
  const file = join(folder, `${kind}.json`)
  const started = Date.now()
  const run = spawnSync('vitest', ['run', '--project', kind, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, '--passWithNoTests'], { stdio: 'inherit', env })
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null
  passed += report?.numPassedTests ?? 0
  // A suite that could not be loaded, or a runner that broke, counts as one failure.
  failed += Math.max(report?.numFailedTests ?? 0, run.status === 0 ? 0 : 1)
  console.log(`${kind}: ${Math.round((Date.now() - started) / 1000)} s`)
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

// Builds what `npm start` and the tests host: the Worker, the Pages Function, the browser app, the simulator. Skips what has not changed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** Where the bundles are. A test that restarts the product often hosts a copy, which nothing rebuilds under it. */
export const dist = process.env.STUDIO_OS_DIST ?? join(root, 'dist')

interface Part { name: string; inputs: string[]; commands: string[][] }

const parts: Part[] = [
  { name: 'worker', inputs: ['src/**/*', 'web/functions/worker-paths.ts', 'scripts/local-front.ts', 'wrangler.toml', 'package-lock.json'], commands: [['wrangler', 'deploy', '--dry-run', '--outdir', 'dist/worker'], ['node', 'scripts/read-config.ts', 'dist/worker/config.json'],
    ['esbuild', 'scripts/local-front.ts', '--bundle', '--format=esm', '--external:./index.js', '--outfile=dist/worker/front.js', '--log-level=warning']] },
  { name: 'pages', inputs: ['web/functions/**/*', 'package-lock.json'], commands: [['wrangler', 'pages', 'functions', 'build', 'web/functions', '--outdir', 'dist/pages', '--compatibility-date', '2026-07-01']] },
  { name: 'web', inputs: ['web/**/*', 'src/contract/**/*', 'package-lock.json'], commands: [['vite', 'build', '-c', 'web/vite.config.ts', '--logLevel', 'warn']] },
]

/** Builds changed parts side by side. Throws with the tool's own words when one fails. */
export async function build(): Promise<void> {
  await Promise.all(parts.map(async part => {
    const stamp = join(dist, `.${part.name}.stamp`)
    const hash = hashOf(part.inputs)
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
    for (const command of part.commands) await run(command)
    mkdirSync(dist, { recursive: true })
    writeFileSync(stamp, hash)
  }))
}

function hashOf(patterns: string[]): string {
  const hash = createHash('sha256')
  for (const file of globSync(patterns, { cwd: root, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name)).sort()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function run([command = '', ...args]: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules', '.bin', command), args, { cwd: root, env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1', NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', chunk => { said += String(chunk) })
    child.stderr.on('data', chunk => { said += String(chunk) })
    child.on('error', reject)
    child.on('exit', code => (code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} failed:\n${said}`))))
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()

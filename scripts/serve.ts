// Builds what changed, migrates, seeds the demo once, serves on one origin, and says where.
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from './build.ts'
import { host } from './host.ts'
import { localSettings } from './local-settings.ts'
import { migrate } from './migrate.ts'
import { seedDemo } from './seed-demo.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { port: { type: 'string', default: '8787' }, state: { type: 'string', default: '.wrangler/state' }, demo: { type: 'boolean', default: true }, simulator: { type: 'boolean', default: true } },
  allowNegative: true,
})
const port = Number(values.port)
if (!Number.isInteger(port) || port < 1 || port > 65_535) fail(`--port ${values.port}: not a port`)
if (!(await isFree(port))) fail(`Port ${port} is taken. Stop what runs there, or choose another: npm start -- --port ${port + 1}`)

const started = Date.now()
if (process.env.STUDIO_OS_DIST === undefined) await build().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)))
const origin = `http://localhost:${port}`
const state = resolve(values.state)
const settings = localSettings(state, origin, values.simulator)
const mf = await host({ port, state, simulator: values.simulator, bindings: settings })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void mf.dispose().then(() => process.exit(0)))
await migrate(mf, root)
// Any request starts the sweepers; this is the first.
const ready = await fetch(`http://127.0.0.1:${port}/api/ready`)
if (!ready.ok) console.error(`Not ready: ${await ready.text()}`)
const login = values.demo ? await seedDemo(`http://127.0.0.1:${port}`, state, values.simulator) : null

console.log(`\nStudio OS is running (${((Date.now() - started) / 1000).toFixed(1)} s)\n`)
console.log(`  Open        ${settings.PUBLIC_ORIGIN ?? origin}`)
if (login !== null) console.log(`  Demo login  ${login.email}  ${login.password}`)
if (values.simulator) console.log(`  Phone       ${origin}/simulator   (write as a customer)\n  Mailbox     ${origin}/simulator/mailbox`)
console.log('\nStop with Ctrl-C. State is kept in', values.state)

function isFree(candidate: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer().once('error', () => resolve(false)).once('listening', () => probe.close(() => resolve(true))).listen(candidate, '127.0.0.1')
  })
}

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

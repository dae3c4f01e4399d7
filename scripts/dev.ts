// `npm run dev`: wrangler with live reload behind Vite with hot reload; open the address that Vite prints.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { localSettings } from './local-settings.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const state = join(root, '.wrangler', 'dev')
const origin = 'http://localhost:5173'
const vars = Object.entries(localSettings(state, origin, true)).flatMap(([name, value]) => ['--var', `${name}:${value}`])
const run = (command: string, args: string[]) => spawn(join(root, 'node_modules', '.bin', command), args, { cwd: root, stdio: 'inherit', env: { ...process.env, WRANGLER_SEND_METRICS: 'false', STUDIO_API: 'http://127.0.0.1:8788' } })
const once = (command: string, args: string[]) => new Promise<void>((resolve, reject) => run(command, args).on('exit', code => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`)))))

for (const database of ['DIRECTORY', 'SHARD_0', 'SHARD_1']) await once('wrangler', ['d1', 'migrations', 'apply', database, '--local', '--persist-to', state])
const children = [run('wrangler', ['dev', '-c', 'wrangler.toml', '-c', 'simulator/wrangler.toml', '--local', '--port', '8788', '--persist-to', state, ...vars]), run('vite', ['-c', 'web/vite.config.ts'])]
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => children.forEach(child => child.kill(signal)))

// Child processes of the benchmark: pinned to a core, ready when they print their address, ended for certain.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'

/** Server and client each get a core of their own, where the machine has two and taskset is there. */
export const SERVER_CORE = 0
export const CLIENT_CORE = 1
export const canPin = availableParallelism() >= 2 && spawnSync('taskset', ['-V']).status === 0

/** A server that has printed its address. */
export interface Server { url: string; stop(): Promise<void> }

/** Moves this process (and what it starts unpinned, such as the browser) to the client's core. */
export function pinSelf(): void {
  if (canPin) spawnSync('taskset', ['-a', '-p', '-c', String(CLIENT_CORE), String(process.pid)])
}

/** Starts `node <args>` on one core, as the leader of its own process group. */
export function spawnPinned(core: number, args: string[], options: { ipc?: boolean; env?: Record<string, string> } = {}): ChildProcess {
  const [command, ...rest] = canPin ? ['taskset', '-c', String(core), process.execPath, ...args] : [process.execPath, ...args]
  return spawn(command!, rest, {
    stdio: ['ignore', options.ipc ? 'inherit' : 'pipe', options.ipc ? 'inherit' : 'pipe', ...(options.ipc ? ['ipc' as const] : [])],
    env: { ...process.env, ...options.env },
    detached: true,
  })
}

/** Starts a server and waits (at most `patienceMs`) until a line of its output holds an http address. */
export async function startServer(args: string[], options: { env?: Record<string, string>; core?: number; patienceMs?: number } = {}): Promise<Server> {
  const child = spawnPinned(options.core ?? SERVER_CORE, args, options.env ? { env: options.env } : {})
  const said: string[] = []
  running.add(child)
  child.on('exit', () => running.delete(child))
  createInterface({ input: child.stderr! }).on('line', line => { said.push(line); said.splice(0, said.length - 40) })
  const url = await new Promise<string>((resolve, reject) => {
    const failed = (why: string) => reject(new Error(`${args.join(' ')}: ${why}\n${said.join('\n')}`))
    const timer = setTimeout(() => { endGroup(child); failed('not ready in time') }, options.patienceMs ?? 60_000)
    child.on('exit', code => { clearTimeout(timer); failed(`ended with ${code}`) })
    createInterface({ input: child.stdout! }).on('line', line => {
      said.push(line)
      said.splice(0, said.length - 40)
      const found = /https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)/.exec(line)
      if (found) { clearTimeout(timer); resolve(found[0].replace('localhost', '127.0.0.1')) }
    })
  })
  const died = () => ending || console.error(`${args.join(' ')} ended on its own:\n${said.join('\n')}`)
  child.on('exit', died)
  return { url, stop() { child.off('exit', died); return stopped(child) } }
}

const running = new Set<ChildProcess>()
let ending = false

process.on('exit', () => { for (const child of running) endGroup(child) })
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => { ending = true; await Promise.all([...running].map(stopped)); process.exit(130) })
}

/** Asks with SIGTERM, insists after five seconds, and leaves nothing of the group behind. */
function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise(resolve => {
    const timer = setTimeout(() => endGroup(child), 5_000)
    child.on('exit', () => { clearTimeout(timer); endGroup(child); resolve() })
    child.kill('SIGTERM')
  })
}

function endGroup(child: ChildProcess): void {
  try { process.kill(-child.pid!, 'SIGKILL') }
  catch (error) { if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error }
}

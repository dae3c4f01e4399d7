// The whole product as its own process group on the local machine: built once, started, asked, stopped or killed.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build, dist } from '../../scripts/build.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const readyPatienceMs = 60_000
const roomy = { RATE_LIMIT_PER_MINUTE: '100000000', LOGIN_LIMIT_PER_MINUTE: '100000', SIGNUP_LIMIT_PER_HOUR: '100000', LOG_LEVEL: 'error' }

/** A test that breaks off leaves nothing behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => running.forEach(child => killGroup(child.pid)))

export interface Product {
  /** `http://127.0.0.1:N`, the same after each restart. */
  origin: string
  state: string
  /** Starts again on the same port and state; answers the ms until `/api/ready` said yes. */
  start(): Promise<number>
  /** SIGKILL to the whole group; answers when the port is free. */
  kill(): Promise<void>
  /** SIGTERM, and SIGKILL after ten seconds. */
  stop(): Promise<void>
  /** What it wrote to its two outputs, newest last. */
  said(): string
}

/** A folder that `clean` removes. */
export function temporaryFolder(name: string): { path: string; clean(): void } {
  const path = mkdtempSync(join(tmpdir(), `studio-os-${name}-`))
  return { path, clean: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** Builds what changed and copies it, so that nothing rebuilds it between two restarts. */
export async function builtCopy(folder: string): Promise<string> {
  await build()
  const copy = join(folder, 'dist')
  cpSync(dist, copy, { recursive: true })
  return copy
}

/** A product that is not started yet. `env` wins over the roomy limits that tests need. */
export function makeProduct(options: { port: number; state: string; dist: string; env?: Record<string, string>; flags?: string[] }): Product {
  const { port } = options
  const origin = `http://127.0.0.1:${port}`
  const lines: string[] = []
  let child: ChildProcess | null = null
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    const ending = child
    if (ending?.pid === undefined) return
    child = null
    const gone = new Promise<void>(resolve => (ending.exitCode === null && ending.signalCode === null ? ending.once('exit', () => resolve()) : resolve()))
    if (name === 'SIGTERM') ending.kill(name)
    else killGroup(ending.pid)
    const late = setTimeout(() => killGroup(ending.pid as number), 10_000)
    await gone
    clearTimeout(late)
    // The runtime is a child of the process that has just ended: nothing of the group may outlive it.
    killGroup(ending.pid)
    await until(() => isFree(port), 10_000, `port ${port} to become free`)
  }
  return {
    origin,
    state: options.state,
    said: () => lines.join(''),
    kill: () => signal('SIGKILL'),
    stop: () => signal('SIGTERM'),
    async start() {
      const begun = performance.now()
      const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'scripts', 'serve.ts'), '--port', String(port), '--state', options.state, '--no-demo', ...(options.flags ?? [])], {
        cwd: root, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...roomy, PUBLIC_ORIGIN: origin, STUDIO_OS_DIST: options.dist, ...options.env },
      })
      child = started
      running.add(started)
      started.once('exit', () => running.delete(started))
      for (const stream of [started.stdout, started.stderr]) stream?.on('data', chunk => {
        lines.push(String(chunk))
        lines.splice(0, lines.length - 400)
      })
      await until(async () => {
        if (started.exitCode !== null) throw new Error(`the product ended with ${started.exitCode}:\n${lines.join('')}`)
        return (await fetch(`${origin}/api/ready`, { signal: AbortSignal.timeout(5_000) }).catch(() => null))?.ok === true
      }, readyPatienceMs, 'the product to be ready', 25)
      return Math.round(performance.now() - begun)
    },
  }
}

/** Asks again until it is true. Throws after `patienceMs`. */
export async function until(ask: () => boolean | Promise<boolean>, patienceMs: number, what: string, everyMs = 50): Promise<void> {
  const giveUp = Date.now() + patienceMs
  while (!(await ask())) {
    if (Date.now() > giveUp) throw new Error(`waited ${patienceMs} ms for ${what}`)
    await sleep(everyMs)
  }
}

/** A free port below the range that outgoing connections are given, so that no client takes it while we are down. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const probe = createServer().once('error', () => resolve(false)).once('listening', () => probe.close(() => resolve(true))).listen(port, '127.0.0.1')
  })
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

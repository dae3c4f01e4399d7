// Floor f, the host: raw workerd with its own configuration, no miniflare in between.
import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bundle } from './bundle.ts'
import { scratch } from './scratch.ts'

// workerd comes with miniflare; asking miniflare's own resolver gives the very same build to both floors.
const fromMiniflare = createRequire(createRequire(import.meta.url).resolve('miniflare'))

export default async function start() {
  const folder = scratch('f')
  const port = await freePort()
  mkdirSync(join(folder, 'objects'))
  writeFileSync(join(folder, 'worker.js'), await bundle('f.worker.ts'))
  writeFileSync(join(folder, 'config.capnp'), configuration(port, join(folder, 'objects')))
  const workerd = spawn(fromMiniflare('workerd').default, ['serve', join(folder, 'config.capnp')], { stdio: ['ignore', 'ignore', 'inherit'] })
  process.on('exit', () => workerd.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; !(await answers(url)); tries++) {
    if (tries > 100 || workerd.exitCode !== null) throw new Error('workerd did not start')
    await sleep(50)
  }
  return { url }
}

function configuration(port: number, objects: string): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [ (name = "main", worker = .main), (name = "objects", disk = (path = "${objects}", writable = true)) ],
  sockets = [ (name = "http", address = "127.0.0.1:${port}", http = (), service = "main") ] );
const main :Workerd.Worker = (
  modules = [ (name = "worker.js", esModule = embed "worker.js") ],
  compatibilityDate = "2026-07-01",
  durableObjectNamespaces = [ (className = "Room", uniqueKey = "room", enableSql = true) ],
  durableObjectStorage = (localDisk = "objects"),
  bindings = [ (name = "ROOM", durableObjectNamespace = "Room") ] );`
}

async function answers(url: string): Promise<boolean> {
  try { return (await fetch(`${url}/webhook/none`, { method: 'POST' })).status === 401 }
  catch (error) { if (error instanceof TypeError) return false; throw error }
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

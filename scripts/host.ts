// Hosts the built bundles in one miniflare: browser app, Worker and simulator on one origin, state on disk.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Miniflare } from 'miniflare'
import { simulatorWorker } from '../simulator/host.ts'
import { dist } from './build.ts'

export interface HostOptions {
  port: number
  state: string
  simulator: boolean
  /** Settings and secrets of the Worker. */
  bindings: Record<string, string>
}
interface BuiltConfig {
  compatibilityDate: string
  compatibilityFlags: string[]
  vars: Record<string, string>
  databases: { binding: string; name: string; migrations: string }[]
  buckets: { binding: string; name: string }[]
  producers: { binding: string; queue: string }[]
  consumers: { queue: string; maxBatchSize?: number; maxBatchTimeout?: number; maxRetries?: number; deadLetterQueue?: string }[]
  objects: { binding: string; className: string }[]
}

export function builtConfig(): BuiltConfig {
  return JSON.parse(readFileSync(join(dist, 'worker', 'config.json'), 'utf8')) as BuiltConfig
}

/** Starts everything; the caller disposes of it. */
export async function host(options: HostOptions): Promise<Miniflare> {
  const config = builtConfig()
  const simulator = options.simulator ? [await simulatorWorker({ PRODUCT_ORIGIN: options.bindings.PUBLIC_ORIGIN ?? '', META_APP_SECRET: options.bindings.META_APP_SECRET ?? '', META_VERIFY_TOKEN: options.bindings.META_VERIFY_TOKEN ?? '' }, 'api')] : []
  const beside = options.simulator ? { SIMULATOR: 'simulator' } : {}
  const mf = new Miniflare({
    // The Worker stands on the port itself, without the hop through miniflare's own entry; it hands pages on to `web`.
    host: '127.0.0.1', port: 0, ...(process.env.INSPECTOR_PORT === undefined ? {} : { inspectorPort: Number(process.env.INSPECTOR_PORT) }), defaultPersistRoot: resolve(options.state), handleRuntimeStdio: quietRuntime,
    workers: [
      {
        name: 'web', modules: true, modulesRoot: join(dist, 'pages'), scriptPath: join(dist, 'pages', 'index.js'), compatibilityDate: config.compatibilityDate,
        serviceBindings: { API: 'api', ...beside },
        assets: { directory: join(dist, 'web'), binding: 'ASSETS', workerName: 'web', routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true }, assetConfig: { not_found_handling: 'single-page-application' } },
      },
      {
        name: 'api', modulesRoot: join(dist, 'worker'), modules: ['front.js', 'index.js'].map(file => ({ type: 'ESModule', path: join(dist, 'worker', file) })),
        unsafeDirectSockets: [{ host: '127.0.0.1', port: options.port }], compatibilityDate: config.compatibilityDate, compatibilityFlags: config.compatibilityFlags,
        bindings: { ...config.vars, ...options.bindings },
        serviceBindings: { WEB: 'web', ...beside },
        d1Databases: Object.fromEntries(config.databases.map(entry => [entry.binding, entry.name])),
        r2Buckets: Object.fromEntries(config.buckets.map(entry => [entry.binding, entry.name])),
        queueProducers: Object.fromEntries(config.producers.map(entry => [entry.binding, { queueName: entry.queue }])),
        queueConsumers: Object.fromEntries(config.consumers.map(({ queue, ...rest }) => [queue, rest])),
        durableObjects: Object.fromEntries(config.objects.map(entry => [entry.binding, { className: entry.className, useSQLite: true }])),
      },
      ...simulator,
    ],
  } as ConstructorParameters<typeof Miniflare>[0])
  await mf.ready
  return mf
}

/** The runtime's own chatter goes nowhere; what the Worker logs comes through. */
function quietRuntime(out: NodeJS.ReadableStream, err: NodeJS.ReadableStream): void {
  out.on('data', chunk => process.stdout.write(chunk as Buffer))
  err.on('data', chunk => {
    const text = String(chunk)
    if (text.includes('"level"') || /error|exception|fatal/i.test(text)) process.stderr.write(text)
  })
}

// Writes what wrangler.toml binds as JSON, so that hosting the bundle needs no second description of it.
import { writeFileSync } from 'node:fs'
import { unstable_readConfig as readConfig } from 'wrangler'

const [out = 'dist/worker/config.json'] = process.argv.slice(2)
interface WranglerConfig {
  compatibility_date?: string
  compatibility_flags: string[]
  vars: Record<string, unknown>
  d1_databases: { binding: string; database_name?: string; migrations_dir?: string }[]
  r2_buckets: { binding: string; bucket_name?: string }[]
  queues: { producers?: { binding: string; queue: string }[]; consumers?: { queue: string; max_batch_size?: number; max_batch_timeout?: number; max_retries?: number; dead_letter_queue?: string }[] }
  durable_objects: { bindings: { name: string; class_name: string }[] }
}
const config = readConfig({ config: 'wrangler.toml' }) as unknown as WranglerConfig
writeFileSync(out, JSON.stringify({
  compatibilityDate: config.compatibility_date,
  compatibilityFlags: config.compatibility_flags,
  vars: config.vars,
  databases: config.d1_databases.map(entry => ({ binding: entry.binding, name: entry.database_name, migrations: entry.migrations_dir })),
  buckets: config.r2_buckets.map(entry => ({ binding: entry.binding, name: entry.bucket_name })),
  producers: config.queues.producers?.map(entry => ({ binding: entry.binding, queue: entry.queue })) ?? [],
  consumers: config.queues.consumers?.map(entry => ({ queue: entry.queue, maxBatchSize: entry.max_batch_size, maxBatchTimeout: entry.max_batch_timeout, maxRetries: entry.max_retries, deadLetterQueue: entry.dead_letter_queue })) ?? [],
  objects: config.durable_objects.bindings.map(entry => ({ binding: entry.name, className: entry.class_name })),
}, null, 2))

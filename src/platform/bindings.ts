// What the runtime hands to the Worker: bindings and settings, as wrangler.toml names them.

export interface Bindings {
  DIRECTORY: D1Database
  SHARD_0: D1Database
  SHARD_1: D1Database
  MEDIA: R2Bucket
  SENDS: Queue
  ASSISTANT: Queue
  CHORES: Queue
  STUDIO_HUB: DurableObjectNamespace
  SHARD_SWEEPER: DurableObjectNamespace
  STUDIO_SEARCH: DurableObjectNamespace
  RATE_LIMITER: DurableObjectNamespace
  /** The simulator, where it runs beside the product; never in production. */
  SIMULATOR?: Fetcher
  /** Settings and secrets; parsed once by env.ts, read nowhere else. */
  [setting: string]: unknown
}

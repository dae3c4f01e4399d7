// Brings the databases of a test file to the newest shape.
import { applyD1Migrations, env } from 'cloudflare:test'
import type { D1Migration } from 'cloudflare:test'

const bindings = env as unknown as { DIRECTORY: D1Database; SHARD_0: D1Database; SHARD_1: D1Database; DIRECTORY_MIGRATIONS: D1Migration[]; STUDIO_MIGRATIONS: D1Migration[] }
await applyD1Migrations(bindings.DIRECTORY, bindings.DIRECTORY_MIGRATIONS)
await applyD1Migrations(bindings.SHARD_0, bindings.STUDIO_MIGRATIONS)
await applyD1Migrations(bindings.SHARD_1, bindings.STUDIO_MIGRATIONS)

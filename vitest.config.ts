// Three kinds of test: pure ones in Node, those of the Worker in real workerd, and whole-product ones against a running server.
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], testTimeout: 60_000 } },
      {
        plugins: [cloudflareTest(async () => ({
          main: './src/worker/index.ts',
          wrangler: { configPath: './wrangler.toml' },
          miniflare: {
            bindings: {
              PUBLIC_ORIGIN: 'http://studio.test', JWT_SECRET: 'test-jwt-secret-of-at-least-32-characters', CREDENTIALS_KEY: `1:${'A'.repeat(43)}=`,
              META_APP_SECRET: 'platform-app-secret', META_VERIFY_TOKEN: 'platform-verify-token', META_GRAPH_URL: 'http://127.0.0.1:1/graph', OPENAI_URL: 'http://127.0.0.1:1/v1',
              RATE_LIMIT_PER_MINUTE: '100000', LOGIN_LIMIT_PER_MINUTE: '1000', SIGNUP_LIMIT_PER_HOUR: '100000', LOG_LEVEL: 'error',
              SOAK: process.env['SOAK'] ?? '', SEED: process.env['SEED'] ?? '',
              DIRECTORY_MIGRATIONS: await readD1Migrations('./migrations/directory'), STUDIO_MIGRATIONS: await readD1Migrations('./migrations/studio'),
            },
          },
        }))],
        test: { name: 'worker', include: ['tests/worker/**/*.test.ts'], setupFiles: ['tests/support/migrate.ts'], testTimeout: 30_000 },
      },
      { test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false } },
      { test: { name: 'faults', include: ['tests/faults/**/*.test.ts'], testTimeout: 240_000, hookTimeout: 180_000, fileParallelism: false } },
    ],
  },
})

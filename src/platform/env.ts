// Settings, parsed once per isolate: what is wrong is said by name, never by value.
import { z } from 'zod'
import type { Bindings } from './bindings.ts'
import { setLogLevel } from './log.ts'

const origin = z.url().transform(value => value.replace(/\/+$/, ''))
const key = z.string().min(32, 'at least 32 characters')
const perMinute = z.coerce.number().int().min(1).max(100_000_000)

const settings = z.object({
  PUBLIC_ORIGIN: origin,
  /** Access tokens are signed with the first and accepted from either while keys roll. */
  JWT_SECRET: key,
  JWT_SECRET_PREVIOUS: key.optional(),
  /** "2:base64key,1:base64key": the first encrypts, all decrypt. 32 bytes each. */
  CREDENTIALS_KEY: z.string().min(1),
  META_APP_SECRET: z.string().min(1).optional(),
  META_VERIFY_TOKEN: z.string().min(1).optional(),
  META_GRAPH_URL: origin.default('https://graph.facebook.com'),
  SENDGRID_API_URL: origin.default('https://api.sendgrid.com'),
  SENDGRID_API_KEY: z.string().min(1).optional(),
  MAIL_FROM: z.email().default('no-reply@studio-os.example'),
  OPENAI_URL: origin.default('https://api.openai.com/v1'),
  RATE_LIMIT_PER_MINUTE: perMinute.default(100),
  LOGIN_LIMIT_PER_MINUTE: perMinute.default(5),
  SIGNUP_LIMIT_PER_HOUR: perMinute.default(20),
  LIVE_SOCKETS_PER_MEMBER: perMinute.default(20),
  /** How long a message whose sender vanished waits for word from the provider. */
  SEND_SILENCE_MS: z.coerce.number().int().min(0).max(3_600_000).default(60_000),
  /** Caps what a claimed job is leased for; must exceed a provider's deadlines (15 s, 75 s with a file). Tests of crashes shorten it. */
  LONGEST_LEASE_MS: z.coerce.number().int().min(1_000).max(3_600_000).default(300_000),
  /** Header that names the client's address; only a trusted edge may set it. */
  CLIENT_ADDRESS_HEADER: z.string().default('cf-connecting-ip'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})
export type Config = z.infer<typeof settings>

export class ConfigProblem extends Error {
  readonly missing: string[]
  constructor(missing: string[]) {
    super(`configuration is incomplete: ${missing.join(', ')}`)
    this.missing = missing
  }
}

const parsed = new WeakMap<object, Config>()

/** Throws ConfigProblem with the names of what is missing or wrong. */
export function readConfig(env: Bindings): Config {
  const known = parsed.get(env)
  if (known !== undefined) return known
  const result = settings.safeParse(withoutBlanks(env))
  if (!result.success) throw new ConfigProblem([...new Set(result.error.issues.map(issue => issue.path.join('.')))])
  setLogLevel(result.data.LOG_LEVEL)
  parsed.set(env, result.data)
  return result.data
}

/** An empty string is a missing secret, never an open door. */
function withoutBlanks(env: Bindings): Record<string, unknown> {
  const names = Object.keys(settings.shape)
  return Object.fromEntries(names.flatMap(name => (typeof env[name] === 'string' && env[name] !== '' ? [[name, env[name]]] : [])))
}

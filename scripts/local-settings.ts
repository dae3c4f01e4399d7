// Settings of a local start: from the environment, else made up once and kept in the state folder.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Provider addresses that the simulator stands in for, by path. */
const simulated = { META_GRAPH_URL: '/simulator/graph', OPENAI_URL: '/simulator/openai/v1', SENDGRID_API_URL: '/simulator/sendgrid' }
const passed = [
  ...Object.keys(simulated), 'SENDGRID_API_KEY', 'MAIL_FROM', 'JWT_SECRET', 'JWT_SECRET_PREVIOUS', 'CREDENTIALS_KEY', 'META_APP_SECRET', 'META_VERIFY_TOKEN', 'RATE_LIMIT_PER_MINUTE',
  'LOGIN_LIMIT_PER_MINUTE', 'SIGNUP_LIMIT_PER_HOUR', 'LIVE_SOCKETS_PER_MEMBER', 'SEND_SILENCE_MS', 'LONGEST_LEASE_MS', 'LOG_LEVEL', 'PUBLIC_ORIGIN',
]

export function localSettings(state: string, origin: string, simulator: boolean): Record<string, string> {
  const given = Object.fromEntries(passed.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))) as Record<string, string>
  const stands = simulator ? { ...Object.fromEntries(Object.entries(simulated).map(([name, path]) => [name, `${origin}${path}`])), SENDGRID_API_KEY: 'SG.simulator' } : {}
  return { PUBLIC_ORIGIN: origin, LOG_LEVEL: 'warn', ...stands, ...keptSecrets(state), ...given }
}

function keptSecrets(state: string): Record<string, string> {
  const file = join(state, 'secrets.json')
  if (!existsSync(file)) {
    mkdirSync(state, { recursive: true })
    const secret = () => randomBytes(32).toString('base64url')
    const fresh = { JWT_SECRET: secret(), CREDENTIALS_KEY: `1:${randomBytes(32).toString('base64')}`, META_APP_SECRET: secret(), META_VERIFY_TOKEN: secret() }
    writeFileSync(file, JSON.stringify(fresh, null, 2), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
}

// The demo studio, made the way a person would make it: over the API, once per state folder.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface DemoLogin { email: string; password: string }

const login: DemoLogin = { email: 'demo@studio-os.example', password: 'dance-every-day' }

/** Answers the login; does nothing when this state folder has its demo already. */
export async function seedDemo(origin: string, state: string, _simulator: boolean): Promise<DemoLogin> {
  const done = join(state, 'demo.json')
  if (existsSync(done)) return JSON.parse(readFileSync(done, 'utf8')) as DemoLogin
  const response = await fetch(`${origin}/api/auth/register`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ studio_name: 'Luz Dance Studio', name: 'Carla Luz', timezone: 'Europe/Madrid', locale: 'en', client: 'api', ...login }),
  })
  if (!response.ok && response.status !== 409) throw new Error(`demo studio: ${response.status} ${await response.text()}`)
  writeFileSync(done, JSON.stringify(login))
  return login
}

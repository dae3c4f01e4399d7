// The demo studio, made the way a person would make it: over the API and the customers' phones, once per state folder.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { knowledge, labels, snippets, stories } from './demo/content.ts'

export interface DemoLogin { email: string; password: string }

const login: DemoLogin = { email: 'demo@studio-os.example', password: 'dance-every-day' }

/** Answers the login; does nothing when this state folder has its demo already. Throws with the answer that was not expected. */
export async function seedDemo(origin: string, state: string, simulator: boolean): Promise<DemoLogin> {
  const done = join(state, 'demo.json')
  // A seed that was cut off is taken up where it can be: what is there is left alone.
  if (existsSync(done)) return JSON.parse(readFileSync(done, 'utf8')) as DemoLogin
  const entered = await ask<{ access_token: string; user: { member_id: string } }>(origin, 'POST', '/api/auth/register', { studio_name: 'Luz Dance Studio', name: 'Carla Luz', timezone: 'Europe/Madrid', locale: 'en', client: 'api', ...login })
  const call = <T>(method: string, path: string, body?: unknown): Promise<T> => ask<T>(origin, method, path, body, entered.access_token)
  await call('PATCH', '/api/studio', { setup_done: true, opening_hours: [0, 1, 2, 3, 4].map(day => ({ day, from: 600, to: 1260 })).concat({ day: 5, from: 600, to: 840 }) })
  await Promise.all([...knowledge.map(entry => call('POST', '/api/knowledge', entry)), ...snippets.map(entry => call('POST', '/api/snippets', entry))])
  const made = await Promise.all(labels.map(entry => call<{ id: string; name: string }>('POST', '/api/labels', entry)))
  await call('PUT', '/api/ai-settings', { draft_on_inbound: true, tone: 'warm and brief' })
  if (simulator) await playStories(origin, call, new Map(made.map(label => [label.name, label.id])), entered.user.member_id)
  writeFileSync(done, JSON.stringify(login))
  return login
}

type Caller = <T>(method: string, path: string, body?: unknown) => Promise<T>

async function playStories(origin: string, call: Caller, labelIds: Map<string, string>, me: string): Promise<void> {
  const { external_id: number } = await call<{ external_id: string }>('POST', '/api/integrations/connect/whatsapp', { simulator: true })
  const now = Date.now()
  for (const story of stories) {
    await tell(origin, '/personas', { ...story.persona, script: [] })
    for (const { ago, ...line } of story.lines) await tell(origin, `/whatsapp/${number}/inbound`, { persona: story.persona.id, timestamp: String(Math.floor((now - ago * 60_000) / 1000)), ...line })
  }
  const rows = await call<{ id: string; contact: { name: string } }[]>('GET', '/api/conversations?status=all&per_page=50')
  for (const story of stories) {
    const id = rows.find(row => row.contact.name === story.persona.name)?.id
    if (id === undefined) throw new Error(`the demo message of ${story.persona.id} did not arrive`)
    if (story.labels !== undefined) await call('PUT', `/api/conversations/${id}/labels`, { labels: story.labels.map(name => labelIds.get(name)) })
    if (story.note !== undefined) await call('POST', `/api/conversations/${id}/messages`, { content: story.note, type: 'note' })
    if (story.mine === true) await call('PUT', `/api/conversations/${id}/assignment`, { assignee_id: me })
    if (story.answer !== undefined && (story.lines.at(-1)?.ago ?? 0) < 1_440) await call('POST', `/api/conversations/${id}/messages`, { content: story.answer })
    if (story.close === true) await call('PUT', `/api/conversations/${id}/status`, { status: 'closed' })
  }
}

async function tell(origin: string, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${origin}/simulator/api${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`simulator ${path}: ${response.status} ${await response.text()}`)
}

async function ask<T>(origin: string, method: string, path: string, body?: unknown, token?: string): Promise<T> {
  const headers = { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
  const response = await fetch(origin + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return ((await response.json()) as { data: T }).data
}

// A studio's knowledge and threads for the assistant's tests.
import type { KnowledgeEntry, ReplyInput, ScoreInput, ThreadLine } from '../../../src/contract/assistant.ts'
import type { Config } from '../../../src/platform/env.ts'

const entry = (id: string, title: string, content: string, category: string): KnowledgeEntry => ({ id, title, content, category, updated_at: 1 })

export const knowledge: KnowledgeEntry[] = [
  entry('kno_prices', 'Prices', 'Adult drop-in class: €15. Monthly membership: €60 for one class a week.\nSiblings get 10% off the second child.', 'prices'),
  entry('kno_ballet', 'Ballet for children', 'Ballet for ages 4-6 is on Tuesdays at 17:00. Ballet for ages 7-10 is on Thursdays at 17:30. Teacher: Marta.', 'schedule'),
  entry('kno_trial', 'Trial class', 'Your first class is a free trial. Book it any day by message.', 'trial'),
  entry('kno_where', 'Where we are', 'We are at Calle Mayor 12, Madrid, next to the Sol metro station.', 'location'),
  entry('kno_salsa', 'Salsa', 'Salsa for beginners: Mondays at 20:00, adults only.', 'classes'),
]
export const studio = { id: 'std_a', name: 'Studio A', timezone: 'Europe/Madrid', locale: 'en' }
export const config = { CREDENTIALS_KEY: `1:${'A'.repeat(43)}`, OPENAI_URL: 'http://127.0.0.1:9/v1' } as Config

/** "> …" is ours. One minute apart. */
export function thread(...said: string[]): ThreadLine[] {
  return said.map((content, i) => ({ id: `msg_${i + 1}`, seq: i + 1, direction: content.startsWith('> ') ? 'outbound' : 'inbound', content: content.replace(/^> /, ''), at: Date.UTC(2026, 10, 20, 10, i) }))
}
export const toScore = (lines: ThreadLine[], more: Partial<ScoreInput> = {}): ScoreInput => ({ studio, provider: null, knowledge, now: 0, lines, last_hash: null, ...more })
export const toReply = (lines: ThreadLine[], more: Partial<ReplyInput> = {}): ReplyInput => ({ studio, provider: null, knowledge, now: 0, lines, contact_name: 'Ana Pérez', tone: '', language: 'auto', unasked: false, ...more })

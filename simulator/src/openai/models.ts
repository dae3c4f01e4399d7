// The models this OpenAI knows, with the day each is switched off.

export interface Model {
  id: string
  /** YYYY-MM-DD, or null while no date is set. */
  shutdown_date: string | null
}

export const models: Model[] = [
  { id: 'gpt-6-luna', shutdown_date: null },
  { id: 'gpt-5', shutdown_date: '2026-12-11' },
  { id: 'o3', shutdown_date: '2026-12-11' },
  { id: 'gpt-4o', shutdown_date: '2027-01-14' },
  { id: 'gpt-4o-mini', shutdown_date: '2027-01-14' },
  { id: 'gpt-4.1', shutdown_date: '2027-01-14' },
  { id: 'gpt-4.1-mini', shutdown_date: '2027-01-14' },
  { id: 'gpt-3.5-turbo', shutdown_date: '2026-10-23' },
  { id: 'gpt-4', shutdown_date: '2026-10-23' },
  { id: 'gpt-4-turbo', shutdown_date: '2026-10-23' },
  { id: 'o4-mini', shutdown_date: '2026-10-23' },
  { id: 'text-embedding-3-small', shutdown_date: null },
  { id: 'text-embedding-3-large', shutdown_date: null },
  { id: 'text-embedding-ada-002', shutdown_date: null },
  { id: 'omni-moderation-latest', shutdown_date: null },
]

export const isAlive = (model: Model, now: number): boolean => model.shutdown_date === null || Date.parse(model.shutdown_date) > now

/** A model that answers today; ids of the families 5 and 6 that are not listed are taken as alive. */
export function findModel(id: string, now: number): Model | undefined {
  const model = models.find(known => known.id === id) ?? (/^gpt-[56][-.]/.test(id) ? { id, shutdown_date: null } : undefined)
  return model && isAlive(model, now) ? model : undefined
}

/** Reasoning models take `max_completion_tokens`, never `max_tokens`. */
export const isReasoning = (id: string): boolean => /^(o\d|gpt-[56])/.test(id)

// Reading loosely typed JSON without trusting its shape.

export type Json = Record<string, unknown>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The object under `key`, or an empty one. */
export const objectAt = (from: Json, key: string): Json => {
  const value = from[key]
  return isObject(value) ? value : {}
}

/** The text under `key`, or undefined when it is not text. Numbers count as text, as Graph takes both. */
export const textAt = (from: Json, key: string): string | undefined => {
  const value = from[key]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

export const numberAt = (from: Json, key: string): number | undefined => {
  const value = from[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

export const listAt = (from: Json, key: string): unknown[] => {
  const value = from[key]
  return Array.isArray(value) ? value : []
}

/** Parses a JSON object; anything else (also broken JSON) is undefined. */
export function parseObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

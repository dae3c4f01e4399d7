// Reads provider JSON without trusting its shape: a wrong kind of value is simply absent.

export type Loose = Record<string, unknown>

export function object(value: unknown): Loose | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Loose : undefined
}

/** An array as it is, a lone object as a list of one, anything else as an empty list. */
export function list(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return object(value) === undefined ? [] : [value]
}

/** A non-empty string, or a finite number written out; ids have come as both. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

export function cut(value: string, most: number): string {
  return value.length <= most ? value : `${value.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

const earliest = Date.UTC(2009, 0, 1)
const latest = Date.UTC(2100, 0, 1)

/** Seconds or milliseconds, as number or digits, to ms since epoch; NaN for what cannot be the time of a message. */
export function time(value: unknown): number {
  const given = typeof value === 'number' ? value : typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : NaN
  const ms = given < 1e12 ? given * 1000 : given
  return ms >= earliest && ms < latest ? ms : NaN
}

/** The plain values of an object, one level of nesting deep: small enough to keep as details. */
export function plainFacts(value: unknown, nested = true): Loose | undefined {
  const source = object(value)
  if (source === undefined) return undefined
  const facts: Loose = {}
  for (const key of Object.keys(source).slice(0, 30)) {
    const one = source[key]
    if (key === '__proto__' || one === null || one === undefined) continue
    if (typeof one === 'string') facts[key] = cut(one, 1000)
    else if (typeof one !== 'object') facts[key] = one
    else if (nested) {
      const inner = plainFacts(one, false)
      if (inner !== undefined && Object.keys(inner).length > 0) facts[key] = inner
    }
  }
  return facts
}

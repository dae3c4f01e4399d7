// Reads query and JSON body of a request within limits, before any schema sees them.
import { ZodArray, ZodDefault, ZodOptional } from 'zod'
import type { ZodObject, ZodType } from 'zod'
import { Problem, invalid, malformed } from '../platform/problem.ts'
import { parseStrictJson } from '../platform/strict-json.ts'

const mostQueryParams = 100
const jsonBytes = 256 * 1024

/** Throws MALFORMED over 100 parameters, VALIDATION_ERROR where a scalar is given twice. */
export function readQuery(url: URL, schema: ZodObject | undefined): Record<string, string | string[]> {
  const names = [...url.searchParams.keys()]
  if (names.length > mostQueryParams) throw malformed('Too many query parameters.')
  if (schema === undefined) return {}
  return Object.fromEntries([...new Set(names)].map(name => {
    const values = url.searchParams.getAll(name)
    if (values.some(value => value.includes('\u0000') || !value.isWellFormed())) throw invalid(name, 'contains characters that cannot be stored')
    if (isList(schema, name)) return [name, values]
    if (values.length > 1) throw invalid(name, 'may be given once')
    return [name, values[0] ?? '']
  }))
}

/** The parsed body; `{}` for none. `text` is what was sent, for comparing repeated requests. */
export async function readBody(request: Request, maxBytes = jsonBytes): Promise<{ value: unknown; text: string }> {
  const type = request.headers.get('content-type')
  const text = request.body === null ? '' : await readText(request, maxBytes, type)
  if (text === '') return { value: {}, text }
  if (!isJson(type)) throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Please send application/json.')
  return { value: parseStrictJson(text), text }
}

async function readText(request: Request, maxBytes: number, type: string | null): Promise<string> {
  const encoding = request.headers.get('content-encoding')
  if (encoding !== null && encoding.toLowerCase() !== 'identity') throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Please send the body uncompressed.')
  if (type !== null && !isJson(type)) throw new Problem('UNSUPPORTED_MEDIA_TYPE', 'Please send application/json.')
  return decode(await readBytes(request, maxBytes))
}

/** All bytes of a body. Throws TOO_LARGE as soon as the announced or the counted size passes the limit. */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed('The body is not UTF-8.') // TypeError says no more than that
  }
}

function isJson(type: string | null): boolean {
  return type !== null && /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type)
}

function isList(schema: ZodObject, name: string): boolean {
  let field: ZodType | undefined = Object.hasOwn(schema.shape, name) ? (schema.shape[name] as ZodType) : undefined
  while (field instanceof ZodOptional || field instanceof ZodDefault) field = field.unwrap() as ZodType
  return field instanceof ZodArray
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('TOO_LARGE', 'The body is too large.', { max_bytes: maxBytes })
}

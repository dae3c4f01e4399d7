// Pieces that many shapes share: ids, times, pages, the envelope.
import { z } from 'zod'

export const id = z.string().min(1).max(64)
/** ISO 8601 UTC with milliseconds. */
export const time = z.iso.datetime()
export const nullableTime = time.nullable()

/** Text a person typed: no NUL, whole surrogate pairs, trimmed of nothing. */
export const text = (max: number) => z.string().max(max).refine(value => !value.includes('\u0000') && value.isWellFormed(), 'contains characters that cannot be stored')
export const line = (max: number) => text(max).trim().min(1)

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email())
export const password = z.string().min(10, 'at least 10 characters').max(200, 'at most 200 characters').refine(value => !value.includes('\u0000') && value.isWellFormed(), 'contains characters that cannot be stored')
export const slug = z.string().trim().toLowerCase().regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/, 'letters, digits and dashes')
export const timezone = z.string().max(64).refine(isTimezone, 'unknown time zone')
export const locale = z.string().max(35).refine(isLocale, 'unknown language tag')

export const pageQuery = z.strictObject({
  page: z.coerce.number().int().min(1).max(10_000).optional(),
  per_page: z.coerce.number().int().min(1).max(100).optional(),
  cursor: z.string().max(512).optional(),
})

export const pagination = z.object({
  page: z.number().int(),
  per_page: z.number().int(),
  total: z.number().int(),
  pages: z.number().int(),
  next_cursor: z.string().nullable(),
})
export type Pagination = z.infer<typeof pagination>

export const errorBody = z.object({
  success: z.literal(false),
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() }),
  meta: z.object({ timestamp: time, request_id: z.string() }),
})
export type ErrorBody = z.infer<typeof errorBody>

function isTimezone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false // Intl throws RangeError for an unknown zone: that is the answer, not a fault
  }
}

function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false // likewise RangeError for a malformed tag
  }
}

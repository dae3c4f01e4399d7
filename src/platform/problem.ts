// The one error a caller is meant to see: a code, a sentence, and where it happened.

export const problemStatus = {
  MALFORMED: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  VALIDATION_ERROR: 422,
  RATE_LIMITED: 429,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  PROVIDER_FAILED: 502,
  UNAVAILABLE: 503,
} as const
export type ProblemCode = keyof typeof problemStatus

export interface ProblemDetails { field?: string; [key: string]: unknown }

export class Problem extends Error {
  readonly code: ProblemCode
  readonly details: ProblemDetails | undefined
  /** Seconds a caller should wait, for 429 and 503. */
  readonly retryAfter: number | undefined

  constructor(code: ProblemCode, message: string, details?: ProblemDetails, retryAfter?: number) {
    super(message)
    this.code = code
    this.details = details
    this.retryAfter = retryAfter
  }

  get status(): (typeof problemStatus)[ProblemCode] {
    return problemStatus[this.code]
  }
}

/** The id is left out on purpose: an absent row and another studio's row give the same bytes. */
export function notFound(what: string): Problem {
  return new Problem('NOT_FOUND', `No such ${what}.`)
}

export function invalid(field: string, message: string): Problem {
  return new Problem('VALIDATION_ERROR', message, { field })
}

export function malformed(message: string): Problem {
  return new Problem('MALFORMED', message)
}

export function conflict(message: string, details?: ProblemDetails): Problem {
  return new Problem('CONFLICT', message, details)
}

export function forbidden(message: string, details?: ProblemDetails): Problem {
  return new Problem('FORBIDDEN', message, details)
}

export function unauthenticated(message = 'Please log in.'): Problem {
  return new Problem('UNAUTHENTICATED', message)
}

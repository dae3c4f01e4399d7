// The envelope around every JSON answer, good or bad.
import type { Pagination } from '../contract/common.ts'
import { describe, log } from '../platform/log.ts'
import { ConfigProblem } from '../platform/env.ts'
import { Problem } from '../platform/problem.ts'
import { iso, now } from '../platform/clock.ts'

export function successText(requestId: string, data: unknown, pagination?: Pagination): string {
  return JSON.stringify({ success: true, data, ...(pagination === undefined ? {} : { pagination }), meta: { timestamp: iso(now()), request_id: requestId } })
}

export function jsonResponse(text: string, status: number, headers: Headers = new Headers()): Response {
  headers.set('content-type', 'application/json; charset=utf-8')
  return new Response(text, { status, headers })
}

/** What a caller learns of an error: a Problem as it is, anything else as "internal" with the id to ask about. */
export function failure(requestId: string, error: unknown): Response {
  const problem = toProblem(requestId, error)
  const headers = new Headers()
  if (problem.status === 429 || problem.status === 503 || problem.retryAfter !== undefined) headers.set('retry-after', String(Math.max(1, Math.ceil(problem.retryAfter ?? 5))))
  if (problem.status === 401) headers.set('www-authenticate', 'Bearer')
  const body = { code: problem.code, message: problem.message, ...(problem.details === undefined ? {} : { details: problem.details }) }
  return jsonResponse(JSON.stringify({ success: false, error: body, meta: { timestamp: iso(now()), request_id: requestId } }), problem.status, headers)
}

function toProblem(requestId: string, error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof ConfigProblem) return new Problem('UNAVAILABLE', 'The server is not set up completely.', { missing: error.missing }, 30)
  log('error', 'request.failed', { request_id: requestId, error: describe(error) })
  return new Problem('INTERNAL', 'Something went wrong on our side.')
}

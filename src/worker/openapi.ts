// The OpenAPI document, built from the route table: the schemas that validate are the schemas that are shown.
import { z } from 'zod'
import type { ZodObject, ZodType } from 'zod'
import { errorBody, pagination, time } from '../contract/common.ts'
import { policy } from '../contract/policy.ts'
import { problemStatus } from '../platform/problem.ts'
import type { ProblemCode } from '../platform/problem.ts'
import type { Route } from './route.ts'

type Json = Record<string, unknown>
const meta = z.object({ timestamp: time, request_id: z.string() })

export function openapi(routes: readonly Route[], origin: string): Json {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Studio OS', version: '1', description: 'JSON in an envelope; times are ISO 8601 UTC; ids are opaque. Writes with a session cookie must come from our own origin.' },
    servers: [{ url: origin }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, session: { type: 'apiKey', in: 'cookie', name: '__Host-session' } },
      schemas: { Error: json(errorBody, 'output') },
      responses: Object.fromEntries(Object.entries(problemStatus).map(([code, status]) => [code, problemResponse(code as ProblemCode, status)])),
    },
  }
}

function operation(route: Route): Json {
  return {
    summary: route.summary,
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^A-Za-z0-9]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, '')}`,
    tags: [route.path.split('/')[2] ?? 'operations'],
    ...(route.access === 'open' ? { security: [] } : { security: [{ bearer: [] }, { session: [] }], 'x-permission': route.access, 'x-roles': policy[route.access as keyof typeof policy] }),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query'), ...(route.idempotent === true ? [idempotencyKey] : [])],
    ...requestBody(route),
    responses: { [route.status ?? 200]: { description: 'Success', content: { 'application/json': { schema: success(route.answer as ZodType) } } }, ...problems(route) },
  }
}

const idempotencyKey = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 }, description: 'Same key and body: same answer. Another body: 409.' }

function requestBody(route: Route): Json {
  if (route.raw !== undefined) return { requestBody: { content: { '*/*': { schema: { type: 'string', format: 'binary', maxLength: route.raw.maxBytes } } } } }
  return route.body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: json(route.body as ZodType, 'input') } } } }
}

function success(answer: ZodType): Json {
  const envelope = json(z.object({ success: z.literal(true), pagination: pagination.optional(), meta }), 'output')
  return { ...envelope, properties: { ...(envelope['properties'] as Json), data: json(answer, 'output') }, required: ['success', 'data', 'meta'] }
}

function parameters(schema: ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return []
  return Object.entries(schema.shape).map(([name, field]) => ({ name, in: place, required: place === 'path' || !(field as ZodType).safeParse(undefined).success, schema: json(field as ZodType, 'input') }))
}

function problems(route: Route): Json {
  const codes: ProblemCode[] = ['MALFORMED', 'RATE_LIMITED', 'UNAVAILABLE']
  if (route.access !== 'open') codes.push('UNAUTHENTICATED', 'FORBIDDEN')
  if (route.params !== undefined) codes.push('NOT_FOUND')
  if (route.body !== undefined || route.query !== undefined) codes.push('VALIDATION_ERROR')
  if (route.body !== undefined) codes.push('UNSUPPORTED_MEDIA_TYPE')
  if (route.body !== undefined || route.raw !== undefined) codes.push('TOO_LARGE')
  if (route.idempotent === true) codes.push('CONFLICT')
  return Object.fromEntries(codes.map(code => [problemStatus[code], { $ref: `#/components/responses/${code}` }]))
}

function problemResponse(code: ProblemCode, status: number): Json {
  const details = code === 'VALIDATION_ERROR' ? { details: { field: 'name' } } : {}
  const example = { success: false, error: { code, message: 'A sentence for people.', ...details }, meta: { timestamp: '2026-11-20T09:30:00.000Z', request_id: 'req_0123456789abcdefghjkmnpqrs' } }
  const headers = status === 429 || status === 503 ? { headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds' } } } : {}
  return { description: code, ...headers, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' }, example } } }
}

function json(schema: ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}

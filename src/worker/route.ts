// How an API route is declared: one object that is validated, guarded, mounted, documented and attacked by tests alike.
import type { ZodObject, ZodType, z } from 'zod'
import type { Pagination } from '../contract/common.ts'
import type { Permission } from '../contract/policy.ts'
import type { Scope } from '../db/open-studio.ts'
import type { Bindings } from '../platform/bindings.ts'
import type { Config } from '../platform/env.ts'
import type { Session } from './session.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What every handler gets besides its validated input. */
export interface Call {
  env: Bindings
  config: Config
  request: Request
  requestId: string
  /** ms since epoch. */
  now: number
  /** The client's address as the trusted edge names it, or null. */
  address: string | null
  waitUntil(promise: Promise<unknown>): void
}

/** A plain answer: data, and a page where there is one. `response` hands back bytes or a stream as they are. */
export type Answer<T> = { data: T; status?: 200 | 201 | 202; pagination?: Pagination; headers?: Headers } | { response: Response }

type Out<S> = S extends ZodType ? z.output<S> : undefined

export interface RouteInput<P, Q, B> { params: Out<P>; query: Out<Q>; body: Out<B> }

interface Common<P, Q, B, A> {
  method: Method
  /** "/api/conversations/:id/messages": Hono's form. */
  path: string
  summary: string
  params?: P
  query?: Q
  body?: B
  /** Data of the answer, for the documentation and the tests. */
  answer: A
  /** Other success status than 200. */
  status?: 200 | 201 | 202
  /** `raw`: the handler reads the request's bytes itself, up to this many. */
  raw?: { maxBytes: number }
  /** Largest JSON body in bytes. Default 256 KB. */
  maxBytes?: number
  /** Honours Idempotency-Key: same key and body, same answer; another body, 409. */
  idempotent?: boolean
}

/** Needs no login. */
export interface OpenRoute<P extends ZodObject | undefined = undefined, Q extends ZodObject | undefined = undefined, B extends ZodType | undefined = undefined, A extends ZodType = ZodType> extends Common<P, Q, B, A> {
  access: 'open'
  handle(call: Call, input: RouteInput<P, Q, B>): Promise<Answer<z.input<A>>>
}

/** Needs a login whose role holds the permission; the scope is of the session's studio. */
export interface StudioRoute<P extends ZodObject | undefined = undefined, Q extends ZodObject | undefined = undefined, B extends ZodType | undefined = undefined, A extends ZodType = ZodType> extends Common<P, Q, B, A> {
  access: Permission
  handle(call: Call & { session: Session }, input: RouteInput<P, Q, B>, scope: Scope): Promise<Answer<z.input<A>>>
}

export type Route = OpenRoute<any, any, any, any> | StudioRoute<any, any, any, any>

/** Declares a route; only the types are worked on. */
export function studioRoute<P extends ZodObject | undefined = undefined, Q extends ZodObject | undefined = undefined, B extends ZodType | undefined = undefined, A extends ZodType = ZodType>(route: StudioRoute<P, Q, B, A>): Route {
  return route
}

export function openRoute<P extends ZodObject | undefined = undefined, Q extends ZodObject | undefined = undefined, B extends ZodType | undefined = undefined, A extends ZodType = ZodType>(route: OpenRoute<P, Q, B, A>): Route {
  return route
}

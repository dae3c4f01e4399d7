// Suggested replies as server-sent events: one `suggestion` each, then `done` or `error`. What comes here has passed all checks.
import type { Suggestion } from '../contract/inbox.ts'
import type { Drafted } from '../domain/drafts/draft-reply.ts'
import { describe, log } from '../platform/log.ts'
import { Problem } from '../platform/problem.ts'

/** Answers once there is something to say; what fails before is thrown, so that it becomes an ordinary error. */
export async function streamReply(run: (onSuggestion: (suggestion: Suggestion) => void) => Promise<Drafted>, waitUntil: (promise: Promise<unknown>) => void): Promise<Response> {
  // Room for all events: a reader that is slow or gone never holds up the commit.
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(undefined, undefined, { highWaterMark: 16 })
  const writer = writable.getWriter()
  const encoder = new TextEncoder()
  const send = (event: string, data: unknown): Promise<void> => writer.write(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)).catch(() => undefined)
  let begun = false
  const first = Promise.withResolvers<void>()
  const running = run(suggestion => {
    begun = true
    first.resolve()
    void send('suggestion', suggestion)
  })
  const whole = running.then(
    made => send(...ending(made)),
    (error: unknown) => (begun ? send('error', publicError(error)) : undefined),
  ).then(() => writer.close().catch(() => undefined))
  waitUntil(whole)
  await Promise.race([first.promise, running])
  return new Response(readable, { headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' } })
}

function ending({ draft_id, decision_id, verdict }: Drafted): [string, unknown] {
  return draft_id === null ? ['error', { code: 'NO_DRAFT', message: 'The assistant has no draft for this.', decision_id, verdict }] : ['done', { draft_id, decision_id }]
}

function publicError(error: unknown): { code: string; message: string } {
  if (error instanceof Problem) return { code: error.code, message: error.message }
  log('error', 'assistant.stream_failed', { error: describe(error) })
  return { code: 'INTERNAL', message: 'Something went wrong.' }
}

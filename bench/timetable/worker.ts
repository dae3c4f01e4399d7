// The solver inside workerd: one run per isolate, stepped by requests, because the clock stands still inside a turn.
import { openFile } from '../../src/timetabling/formats/open-file.ts'
import type { Run } from '../../src/timetabling/run.ts'

let run: Run<unknown> | null = null

export default {
  /** POST /start {name, text, seed} begins; POST /step {moves} goes on. Both answer the progress. */
  async fetch(request: Request): Promise<Response> {
    const body = (await request.json()) as { name: string; text: string; seed: number; moves: number }
    if (new URL(request.url).pathname === '/start') run = openFile(body.name, body.text).start(body.seed)
    else run?.step(body.moves)
    const progress = run?.progress()
    return Response.json({ cost: progress?.cost ?? null, bound: progress?.bound ?? 0, done: progress?.done ?? false })
  },
}

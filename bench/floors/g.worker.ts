// Floor g, the Worker: HMAC, zod, one D1 insert, the answer; then a Durable Object broadcasts.
import { DurableObject } from 'cloudflare:workers'
import { z } from 'zod'
import { signed } from './signed.worker.ts'

interface Env { DB: D1Database; HUB: DurableObjectNamespace<Hub> }

const Message = z.object({ from: z.string(), id: z.string(), timestamp: z.string(), type: z.literal('text'), text: z.object({ body: z.string() }) })
const Webhook = z.object({ entry: z.array(z.object({ changes: z.array(z.object({ value: z.object({ messages: z.array(Message) }) })) })) })

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
    const studio = new URL(request.url).pathname.split('/')[2]!
    const hub = env.HUB.get(env.HUB.idFromName(studio))
    if (request.headers.get('Upgrade')) return hub.fetch(request)
    const body = await request.arrayBuffer()
    if (!await signed(body, request.headers.get('X-Hub-Signature-256'))) return new Response(null, { status: 401 })
    const message = Webhook.parse(JSON.parse(new TextDecoder().decode(body))).entry[0]!.changes[0]!.value.messages[0]!
    await env.DB.prepare('INSERT INTO messages VALUES (?, ?, ?) ON CONFLICT DO NOTHING').bind(studio, message.id, message.text.body).run()
    ctx.waitUntil(hub.broadcast(JSON.stringify({ type: 'change', data: message })))
    return new Response('ok')
  },
}

export class Hub extends DurableObject<Env> {
  broadcast(frame: string): void {
    for (const socket of this.ctx.getWebSockets()) socket.send(frame)
  }

  override fetch(): Response {
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    return new Response(null, { status: 101, webSocket: client })
  }
}

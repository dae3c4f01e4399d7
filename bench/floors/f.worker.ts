// Floor f, the Worker: HMAC, then one Durable Object per studio stores the message in its SQLite and broadcasts it.
import { DurableObject } from 'cloudflare:workers'
import { signed } from './signed.worker.ts'

interface Env { ROOM: DurableObjectNamespace<Room> }

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const [, , studio] = new URL(request.url).pathname.split('/')
    const room = env.ROOM.get(env.ROOM.idFromName(studio!))
    if (request.headers.get('Upgrade')) return room.fetch(request)
    const body = await request.arrayBuffer()
    if (!await signed(body, request.headers.get('X-Hub-Signature-256'))) return new Response(null, { status: 401 })
    await room.receive(JSON.parse(new TextDecoder().decode(body)).entry[0].changes[0].value.messages[0])
    return new Response('ok')
  },
}

export class Room extends DurableObject<Env> {
  private readonly sql = this.ctx.storage.sql

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.sql.exec('CREATE TABLE IF NOT EXISTS messages (id TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID')
  }

  receive(message: { id: string; text: { body: string } }): void {
    this.sql.exec('INSERT INTO messages VALUES (?, ?) ON CONFLICT DO NOTHING', message.id, message.text.body)
    const frame = JSON.stringify({ type: 'change', data: message })
    for (const socket of this.ctx.getWebSockets()) socket.send(frame)
  }

  override fetch(): Response {
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    return new Response(null, { status: 101, webSocket: client })
  }
}

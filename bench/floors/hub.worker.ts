// The bare hub, the Worker: a Durable Object sends every socket the body it was posted.
import { DurableObject } from 'cloudflare:workers'

interface Env { HUB: DurableObjectNamespace<Hub> }

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const studio = new URL(request.url).pathname.split('/')[2]!
    const hub = env.HUB.get(env.HUB.idFromName(studio))
    if (request.headers.get('Upgrade')) return hub.fetch(request)
    await hub.broadcast(await request.text())
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

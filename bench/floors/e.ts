// Floor e: plain Node. HMAC, one insert into SQLite, broadcast, answer. What the hardware gives without an edge runtime.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type WebSocket, WebSocketServer } from 'ws'
import { scratch } from './scratch.ts'
import { FLOOR_SECRET } from './secret.ts'

export default async function start() {
  const db = new DatabaseSync(join(scratch('e'), 'e.sqlite'))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE messages (studio TEXT, id TEXT, body TEXT, PRIMARY KEY (studio, id)) WITHOUT ROWID')
  const insert = db.prepare('INSERT INTO messages VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const rooms = new Map<string, Set<WebSocket>>()
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })

  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const expected = Buffer.from(`sha256=${createHmac('sha256', FLOOR_SECRET).update(body).digest('hex')}`)
      const given = Buffer.from(String(request.headers['x-hub-signature-256']))
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) { response.writeHead(401).end(); return }
      const studio = request.url!.split('/')[2]!
      const message = JSON.parse(body.toString()).entry[0].changes[0].value.messages[0]
      insert.run(studio, message.id, message.text.body)
      const frame = JSON.stringify({ type: 'change', data: message })
      for (const socket of rooms.get(studio) ?? []) socket.send(frame)
      response.end('ok')
    })
  })
  server.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head, client => {
    const studio = request.url!.split('/')[2]!
    const room = rooms.get(studio) ?? new Set()
    rooms.set(studio, room.add(client))
    client.on('close', () => room.delete(client))
  }))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

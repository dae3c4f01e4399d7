// Builds the UI floor with vite and serves it; what is posted to /webhook/a goes to every open page's socket.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { build } from 'vite'
import solid from 'vite-plugin-solid'
import { WebSocketServer } from 'ws'
import { scratch } from '../scratch.ts'

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

export default async function start() {
  const folder = scratch('ui')
  await build({ root: import.meta.dirname, configFile: false, plugins: [solid()], logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } })
  const sockets = new WebSocketServer({ noServer: true })
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://floor').pathname
    if (request.method === 'POST') {
      const chunks: Buffer[] = []
      request.on('data', chunk => chunks.push(chunk))
      request.on('end', () => {
        for (const client of sockets.clients) client.send(Buffer.concat(chunks).toString())
        response.end('ok')
      })
      return
    }
    const file = path === '/' ? '/index.html' : path
    if (!existsSync(join(folder, file))) { response.writeHead(404).end(); return }
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'text/plain' }).end(readFileSync(join(folder, file)))
  })
  server.on('upgrade', (request, socket, head) => sockets.handleUpgrade(request, socket, head, () => undefined))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

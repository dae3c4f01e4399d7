// Starts the built simulator on miniflare beside a receiver that records the webhooks it sends.

import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { simulatorWorker } from '../../../simulator/host.ts'

export const appSecret = 'test-app-secret'

export interface Hook { raw: string; headers: IncomingHttpHeaders; path: string }

// Answers are whatever the wire says; tests look into them freely.
export type Wire = { [key: string]: Wire } & Wire[]

export interface Answer { status: number; headers: Headers; text: string; json: Wire }

export interface Running {
  base: string
  receiver: string
  hooks: Hook[]
  /** Status codes the receiver gives next; 200 when empty. */
  answers: number[]
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  restart(): Promise<void>
  stop(): Promise<void>
}

export async function startSimulator(): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  const hooks: Hook[] = []
  const answers: number[] = []
  const receiver = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', part => parts.push(part))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://receiver')
      const challenge = url.searchParams.get('hub.challenge')
      if (request.method === 'GET') return void response.writeHead(url.searchParams.get('hub.verify_token') === 'right' ? 200 : 403).end(challenge)
      hooks.push({ raw: Buffer.concat(parts).toString('utf8'), headers: request.headers, path: url.pathname })
      response.writeHead(answers.shift() ?? 200).end('EVENT_RECEIVED')
    })
  })
  const origin = await listen(receiver)
  const open = async () => {
    const worker = await simulatorWorker({ META_APP_SECRET: appSecret, META_VERIFY_TOKEN: 'right', PRODUCT_ORIGIN: origin }, undefined, join(folder, 'build'))
    const world = new Miniflare({ host: '127.0.0.1', port: 0, defaultPersistRoot: join(folder, 'state'), workers: [worker] })
    return { world, base: `${(await world.ready).origin}/simulator` }
  }
  let { world, base } = await open()
  return {
    get base() { return base }, receiver: origin, hooks, answers,
    async call(method, path, body, headers = {}) {
      const plain = typeof body === 'string' || body instanceof FormData || body === undefined
      const answer = await fetch(base + path, { method, headers: plain ? headers : { 'content-type': 'application/json', ...headers }, body: plain ? body : JSON.stringify(body) })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, text, json: /^[[{]/.test(text) ? JSON.parse(text) : {} }
    },
    async restart() {
      await world.dispose()
      ;({ world, base } = await open())
    },
    async stop() {
      await world.dispose()
      receiver.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Recomputed here from the raw bytes, with another library than the simulator's. */
export const signatureOf = (raw: string): string => `sha256=${createHmac('sha256', appSecret).update(raw, 'utf8').digest('hex')}`

/** Waits until `found` gives something, at most `ms`. */
export async function until<T>(found: () => T | undefined | false, ms = 4000): Promise<T> {
  const end = Date.now() + ms
  while (Date.now() < end) {
    const value = found()
    if (value) return value
    await new Promise(resolve => setTimeout(resolve, 15))
  }
  throw new Error('nothing came in time')
}

const listen = (server: Server): Promise<string> =>
  new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)))

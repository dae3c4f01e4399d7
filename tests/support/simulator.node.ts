// The simulator in a runtime of its own, which outlives the product: what it counts is not touched by a kill.
import { Miniflare } from 'miniflare'
import { simulatorWorker } from '../../simulator/host.ts'
import { freePort } from './product.node.ts'

export interface Sends { total: number; by_tag: Record<string, number>; doubles: Record<string, number> }
export interface Simulator {
  origin: string
  /** Settings of the product that lead its providers here. */
  env: Record<string, string>
  control<T = unknown>(method: string, path: string, body?: unknown): Promise<T>
  /** Accepted sends per tag; `provider` "whatsapp" or "sendgrid". */
  sends(provider: string): Promise<Sends>
  stop(): Promise<void>
}

/** @param folder where its database and its bundle lie. */
export async function startSimulator(folder: string, productOrigin: string): Promise<Simulator> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const worker = await simulatorWorker({ PRODUCT_ORIGIN: productOrigin, META_APP_SECRET: '', META_VERIFY_TOKEN: '' }, undefined, `${folder}/simulator`)
  const mf = new Miniflare({ host: '127.0.0.1', port, defaultPersistRoot: `${folder}/simulator-state`, workers: [worker], handleRuntimeStdio: drained } as ConstructorParameters<typeof Miniflare>[0])
  await mf.ready
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${origin}/simulator/api/${path}`, { method, headers: { 'content-type': 'application/json' }, body: body === undefined ? undefined : JSON.stringify(body) })
    if (!response.ok) throw new Error(`simulator: ${method} ${path} answered ${response.status} ${await response.text()}`)
    return await response.json() as T
  }
  return {
    origin,
    env: { META_GRAPH_URL: `${origin}/simulator/graph`, OPENAI_URL: `${origin}/simulator/openai/v1`, SENDGRID_API_URL: `${origin}/simulator/sendgrid`, SENDGRID_API_KEY: 'SG.simulator' },
    control,
    sends: provider => control<Sends>('GET', `sends?provider=${provider}&limit=1`),
    stop: () => mf.dispose(),
  }
}

/** While the product is down the runtime complains of every status it cannot deliver. */
function drained(out: NodeJS.ReadableStream, err: NodeJS.ReadableStream): void {
  out.resume()
  err.resume()
}

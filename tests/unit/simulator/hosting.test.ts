// Beside the product in one process: webhooks go through the service binding, other addresses over the network.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Miniflare } from 'miniflare'
import { expect, test } from 'vitest'
import { simulatorWorker } from '../../../simulator/host.ts'

const product = `
const seen = []
export default { async fetch(request, env) {
  const url = new URL(request.url)
  if (url.pathname.startsWith('/simulator')) return env.SIMULATOR.fetch(request)
  if (url.pathname === '/seen') return Response.json(seen)
  seen.push({ path: url.pathname, signed: request.headers.has('x-hub-signature-256'), body: await request.text() })
  return new Response('EVENT_RECEIVED')
} }`

test('the product forwards /simulator to it and gets its webhooks back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  const simulator = await simulatorWorker({ PRODUCT_ORIGIN: 'http://127.0.0.1:9', META_APP_SECRET: 's', META_VERIFY_TOKEN: 'v' }, 'product', folder)
  const world = new Miniflare({ host: '127.0.0.1', port: 0, workers: [{ name: 'product', modules: true, script: product, compatibilityDate: '2026-07-01', serviceBindings: { SIMULATOR: 'simulator' } }, simulator] })
  try {
    const { origin } = await world.ready
    const sent = await (await fetch(`${origin}/simulator/api/whatsapp/1065/inbound`, { method: 'POST', body: JSON.stringify({ persona: 'ana', text: 'hi' }) })).json()
    expect(sent).toMatchObject({ webhook: { status: 200, answer: 'EVENT_RECEIVED' } })
    expect(await (await fetch(`${origin}/seen`)).json()).toMatchObject([{ path: '/api/integrations/webhook/whatsapp', signed: true }])
  } finally {
    await world.dispose()
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)

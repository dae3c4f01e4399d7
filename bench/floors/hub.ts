// The bare hub, the host: miniflare, like the product's.
import { Miniflare } from 'miniflare'
import { bundle } from './bundle.ts'

export default async function start() {
  const miniflare = new Miniflare({
    host: '127.0.0.1', port: 0, unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }], modules: true, script: await bundle('hub.worker.ts'),
    compatibilityDate: '2026-07-01', durableObjects: { HUB: { className: 'Hub', useSQLite: true } },
  })
  await miniflare.ready
  return { url: (await miniflare.unsafeGetDirectURL()).origin }
}

// Floor g, the host: miniflare's API with the built bundle, state on disk, as `npm start` hosts the product.
import { Miniflare } from 'miniflare'
import { bundle } from './bundle.ts'
import { scratch } from './scratch.ts'

export default async function start() {
  const miniflare = new Miniflare({
    host: '127.0.0.1', port: 0, unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }], modules: true, script: await bundle('g.worker.ts'),
    compatibilityDate: '2026-07-01',
    defaultPersistRoot: scratch('g'), d1Databases: ['DB'], durableObjects: { HUB: { className: 'Hub', useSQLite: true } },
  })
  await miniflare.ready
  const db = await miniflare.getD1Database('DB')
  await db.exec('CREATE TABLE messages (studio TEXT, id TEXT, body TEXT, PRIMARY KEY (studio, id)) WITHOUT ROWID')
  // The direct socket spares the hop through miniflare's own entry Worker (0.2 ms).
  return { url: (await miniflare.unsafeGetDirectURL()).origin }
}

// How miniflare hosts the built simulator: one place for its name, its object and its variables.

import { dirname } from 'node:path'
import { buildSimulator } from './build.ts'

export interface SimulatorBindings {
  /** Origin the product answers at, e.g. `http://127.0.0.1:8787`. */
  PRODUCT_ORIGIN: string
  META_APP_SECRET: string
  META_VERIFY_TOKEN: string
}

/** One entry for `new Miniflare({ workers: [...] })`. `product` names the product's Worker in the same process, if it is there. */
export async function simulatorWorker(bindings: SimulatorBindings, product?: string, outdir?: string) {
  const scriptPath = await buildSimulator(outdir)
  return {
    name: 'simulator', modules: true as const, modulesRoot: dirname(scriptPath), scriptPath, compatibilityDate: '2026-07-01',
    durableObjects: { WORLD: { className: 'SimulatorWorld', useSQLite: true } },
    bindings: { ...bindings },
    ...(product ? { serviceBindings: { PRODUCT: product } } : {}),
  }
}

// Measures a dance file inside workerd: slices of about 20 ms by request, on the wall clock, with nothing else running in it.
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { fileURLToPath } from 'node:url'

export type InWorkerd = { costs: (number | null)[]; cost: number | null; bound: number; seconds: number }

/** Starts one workerd for all measurements; `measure` gives the cost after each of `times` seconds (wall clock). */
export async function openWorkerd(): Promise<{ measure(name: string, text: string, seed: number, times: number[]): Promise<InWorkerd>; close(): Promise<void> }> {
  const bundle = await build({ entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))], bundle: true, format: 'esm', write: false, target: 'es2022' })
  const miniflare = new Miniflare({ modules: true, script: bundle.outputFiles[0]!.text, compatibilityDate: '2026-07-01', host: '127.0.0.1', port: 0 })
  const ask = async (path: string, body: unknown): Promise<{ cost: number | null; bound: number | null; done: boolean }> => {
    const response = await miniflare.dispatchFetch(`http://bench${path}`, { method: 'POST', body: JSON.stringify(body) })
    return (await response.json()) as { cost: number | null; bound: number | null; done: boolean }
  }
  return {
    async measure(name, text, seed, times) {
      const begun = performance.now()
      const at = (): number => (performance.now() - begun) / 1000
      const costs: (number | null)[] = []
      let now = await ask('/start', { name, text, seed })
      let slice = 100
      while (!now.done && at() < times.at(-1)!) {
        const from = at()
        now = await ask('/step', { moves: slice })
        const passed = at()
        slice = Math.max(20, Math.min(2000, Math.round((slice * 0.02) / Math.max(0.001, passed - from))))
        while (costs.length < times.length && passed >= times[costs.length]!) costs.push(now.cost)
      }
      while (costs.length < times.length) costs.push(now.cost)
      return { costs, cost: now.cost, bound: now.bound ?? Infinity, seconds: at() }
    },
    close: () => miniflare.dispose(),
  }
}

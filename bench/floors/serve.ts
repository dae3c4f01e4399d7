// Starts one floor by name, prints its address, and ends at SIGTERM: `node bench/floors/serve.ts g`.
const hosts: Record<string, () => Promise<{ default: () => Promise<{ url: string }> }>> = {
  e: () => import('./e.ts'),
  f: () => import('./f.ts'),
  g: () => import('./g.ts'),
  hub: () => import('./hub.ts'),
  ui: () => import('./ui/serve.ts'),
}

const floorName = process.argv[2] ?? ''
const load = hosts[floorName]
if (!load) throw new Error(`no floor "${floorName}"; there are ${Object.keys(hosts).join(', ')}`)
const floor = await (await load()).default()
console.log(`ready ${floor.url}`)
process.on('SIGTERM', () => process.exit(0))
export {}

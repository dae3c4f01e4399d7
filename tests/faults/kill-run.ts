// The kill run: load on two shards, SIGKILL after SIGKILL, then everything is held against the invariants.
import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../../src/timetabling/random.ts'
import { differences } from '../support/fresh.node.ts'
import { checkInvariants } from '../support/invariants.node.ts'
import type { Findings } from '../support/invariants.node.ts'
import { LiveClient } from '../support/live.node.ts'
import { Load } from '../support/load.node.ts'
import { builtCopy, freePort, makeProduct, temporaryFolder, until } from '../support/product.node.ts'
import type { Product } from '../support/product.node.ts'
import { startSimulator } from '../support/simulator.node.ts'
import type { Simulator } from '../support/simulator.node.ts'
import { call, openDesk } from '../support/studio.node.ts'
import type { Desk } from '../support/studio.node.ts'

export interface KillPlan {
  seed: number
  cycles: number
  /** After the last kill the load goes on until this many messages are acknowledged. */
  acknowledge: number
  webhooksPerSecond: number
  repliesPerSecond: number
  customers: number
  /** Settings of the product, e.g. shorter waits. */
  env?: Record<string, string>
}
export interface KillReport extends Findings {
  seed: number
  kills: number
  acknowledged: number
  redelivered: number
  replies: number
  restartMs: number[]
  drainMs: number
  clients: { replays: number; snapshots: number; applied: number }[]
}

const uptimeMs = [400, 2_000] as const
const loadPatienceMs = 180_000
const drainPatienceMs = 120_000

/** Throws only when the product does not come back; what was lost or doubled stands in `broken`. */
export async function killRun(plan: KillPlan, say: (line: string) => void = () => undefined): Promise<KillReport> {
  const folder = temporaryFolder('kill')
  const random = new Random(plan.seed)
  const port = await freePort()
  const simulator = await startSimulator(folder.path, `http://127.0.0.1:${port}`)
  const product = makeProduct({ port, state: `${folder.path}/state`, dist: await builtCopy(folder.path), env: { ...simulator.env, ...plan.env }, flags: ['--no-simulator'] })
  const clients: LiveClient[] = []
  let load: Load | null = null
  try {
    await product.start()
    const desks = [await openDesk(product, simulator, 'ada'), await openDesk(product, simulator, 'bob')]
    load = new Load(product, desks, plan)
    await openWindows(simulator, desks, load)
    clients.push(...desks.map(desk => new LiveClient(product, desk)))
    // From the empty snapshot on: what the clients have afterwards came by frames alone.
    await until(() => clients.every(client => client.snapshots + client.replays > 0), 20_000, 'the live lines')
    await load.warmUp()
    load.start()
    const restartMs: number[] = []
    for (let cycle = 1; cycle <= plan.cycles; cycle += 1) {
      await sleep(uptimeMs[0] + random.unit() * (uptimeMs[1] - uptimeMs[0]))
      await product.kill()
      restartMs.push(await product.start())
      say(`kill ${cycle}/${plan.cycles}: back in ${restartMs.at(-1)} ms, ${load.acknowledged} acknowledged, ${load.redelivered} sent again`)
    }
    const { acknowledge } = plan
    await until(() => (load?.acknowledged ?? 0) >= acknowledge, loadPatienceMs, `${acknowledge} acknowledged messages`, 100)
    await load.stop()
    const calm = Date.now()
    const left = await drained(product, desks)
    const drainMs = Date.now() - calm
    const stale = await compareClients(product, desks, clients)
    for (const client of clients) client.close()
    const sends = await simulator.sends('whatsapp')
    await product.stop()
    const findings = checkInvariants(product.state, load.told, sends)
    return {
      ...findings, broken: [...load.refused.map(text => `I1 refused: ${text}`), ...left, ...stale, ...findings.broken],
      seed: plan.seed, kills: plan.cycles, acknowledged: load.acknowledged, redelivered: load.redelivered, replies: load.told.reduce((sum, told) => sum + told.replies.size, 0),
      restartMs, drainMs, clients: clients.map(client => ({ replays: client.replays, snapshots: client.snapshots, applied: client.applied.length })),
    }
  } catch (error) {
    throw new Error(`seed ${plan.seed}: ${error instanceof Error ? error.message : String(error)}\n${product.said().slice(-4_000)}`, { cause: error })
  } finally {
    for (const client of clients) client.close()
    await load?.abandon()
    await product.kill()
    await simulator.stop()
    folder.clean()
  }
}

/** The simulator has not seen these customers write: it must not think that the 24 hours are over. */
async function openWindows(simulator: Simulator, desks: Desk[], load: Load): Promise<void> {
  for (const [index, desk] of desks.entries()) for (const customer of load.customers(index)) await simulator.control('POST', `whatsapp/${desk.phoneNumberId}/chat/${customer}/window`, { open: true })
}

interface JobRow { id: string; kind: string; run_at: string; attempts: number; reason: string | null }

/** Waits until no job is due or waits for word; what is left after two minutes comes back in words (I3). */
async function drained(product: Product, desks: Desk[]): Promise<string[]> {
  const waiting = async (): Promise<JobRow[]> => (await Promise.all(desks.map(desk => call<JobRow[]>(product, 'GET', '/api/jobs?state=due&per_page=100', { token: desk.token })))).flatMap(page => page.data)
    // The round of health checks comes every quarter of an hour, for ever.
    .filter(job => job.kind !== 'health.check' || Date.parse(job.run_at) <= Date.now())
  let left: JobRow[] = []
  await until(async () => (left = await waiting()).length === 0, drainPatienceMs, 'the jobs', 250).catch(() => undefined)
  return left.map(job => `I3 ${job.id} still waits after ${job.attempts} tries: ${job.reason}`)
}

/** Each client must reach the head by itself; then its state is compared with a fresh fetch. */
async function compareClients(product: Product, desks: Desk[], clients: LiveClient[]): Promise<string[]> {
  const found: string[] = []
  for (const [index, client] of clients.entries()) {
    const desk = desks[index] as Desk
    // Statuses may still come in: a difference counts only when it stays.
    let last: string[] = []
    await until(async () => (last = await differences(product, desk, client, { threads: true })).length === 0, 20_000, 'the client', 500).catch(() => undefined)
    found.push(...last)
    const gaps = client.applied.filter((seq, i) => i > 0 && seq !== (client.applied[i - 1] as number) + 1)
    if (client.snapshots <= 1 && gaps.length > 0) found.push(`I5 ${desk.studioId}: the client applied ${gaps.length} changes out of order`)
  }
  return found
}

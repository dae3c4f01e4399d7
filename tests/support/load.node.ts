// Open-loop load on a few studios: customers' signed webhooks and a person's replies, each sent again until it is acknowledged.
import { setTimeout as sleep } from 'node:timers/promises'
import { Random } from '../../src/timetabling/random.ts'
import type { Product } from './product.node.ts'
import { call, callAll, postWebhook, Refused, webhookBody } from './studio.node.ts'
import type { Desk, Said } from './studio.node.ts'

export interface LoadPlan { seed: number; webhooksPerSecond: number; repliesPerSecond: number; customers: number }
export interface Reply { id: string; conversation: string; text: string }
/** What was acknowledged to one studio's world. */
export interface Told { desk: Desk; messages: Map<string, Said>; replies: Map<string, Reply> }

const tickMs = 20
/** Connections at a time, and messages begun and not acknowledged: beyond, new ones are not made. */
const limits = { webhooks: { atOnce: 40, begun: 400 }, replies: { atOnce: 10, begun: 100 } }

export class Load {
  readonly told: Told[]
  /** Deliveries begun again because no 2xx was read. */
  redelivered = 0
  refused: string[] = []
  readonly #product: Product
  readonly #plan: LoadPlan
  readonly #random: Random
  readonly #conversations = new Map<string, string[]>()
  readonly #flying = new Set<Promise<void>>()
  readonly #webhooks = new Gate(limits.webhooks.atOnce)
  readonly #replies = new Gate(limits.replies.atOnce)
  #made = 0
  #running = false
  #stopping = false

  constructor(product: Product, desks: Desk[], plan: LoadPlan) {
    this.#product = product
    this.#plan = plan
    this.#random = new Random(plan.seed)
    this.told = desks.map(desk => ({ desk, messages: new Map(), replies: new Map() }))
  }

  get acknowledged(): number {
    return this.told.reduce((sum, { messages, replies }) => sum + messages.size + replies.size, 0)
  }

  /** Customers' phone numbers of the studio at `index`; digits as in `wa_id`. */
  customers(index: number): string[] {
    return Array.from({ length: this.#plan.customers }, (_, i) => `4915${2 + index}${String(1_000_000 + i).padStart(8, '0')}`)
  }

  /** One message of each customer, then the list of conversations that replies go to. */
  async warmUp(): Promise<void> {
    for (const [index, told] of this.told.entries()) {
      for (const from of this.customers(index)) await this.#deliver(told, [this.#said(told, from)])
      const rows = await callAll<{ id: string }>(this.#product, '/api/conversations?status=all&per_page=100', told.desk.token)
      this.#conversations.set(told.desk.studioId, rows.map(row => row.id))
    }
  }

  start(): void {
    this.#running = true
    this.#fly(this.#run())
  }

  /** No new messages; answers when every one that was begun is acknowledged. */
  async stop(): Promise<void> {
    this.#running = false
    while (this.#flying.size > 0) await Promise.all(this.#flying)
  }

  /** Gives up what is not acknowledged. */
  async abandon(): Promise<void> {
    this.#stopping = true
    await this.stop()
  }

  async #run(): Promise<void> {
    const begun = performance.now()
    let webhooks = 0
    let replies = 0
    while (this.#running) {
      const seconds = (performance.now() - begun) / 1000
      for (; webhooks < seconds * this.#plan.webhooksPerSecond; webhooks += 1) if (this.#webhooks.begun < limits.webhooks.begun) this.#fly(this.#webhooks.count(this.#webhook()))
      for (; replies < seconds * this.#plan.repliesPerSecond; replies += 1) if (this.#replies.begun < limits.replies.begun) this.#fly(this.#replies.count(this.#reply()))
      await sleep(tickMs)
    }
  }

  #fly(work: Promise<void>): void {
    const flight = work.finally(() => this.#flying.delete(flight))
    this.#flying.add(flight)
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#random.below(list.length)] as T
  }

  #said(told: Told, from: string): Said {
    this.#made += 1
    // The studio is in the id and in the words: a row that strays is seen.
    const name = `${told.desk.studioId}.${this.#made}`
    return { wamid: `wamid.${name}`, from, name: `Customer ${from.slice(-3)}`, text: `May I join? ${name}` }
  }

  async #webhook(): Promise<void> {
    const index = this.#random.below(this.told.length)
    const told = this.told[index] as Told
    const count = this.#random.below(10) === 0 ? 12 : 1
    await this.#deliver(told, Array.from({ length: count }, () => this.#said(told, this.#pick(this.customers(index)))))
  }

  /** As Meta does: again after a while when no 2xx came, and now and then once more for nothing. */
  async #deliver(told: Told, said: Said[]): Promise<void> {
    const twice = this.#random.below(20) === 0
    const body = webhookBody(told.desk, said, Date.now())
    // F10: now and then the sender hangs up before it has read the answer, and comes again.
    if (this.#random.below(25) === 0) await this.#untilAcknowledged(this.#webhooks, async () => await postWebhook(told.desk, body, 1 + this.#random.below(50)) || true)
    if (!(await this.#untilAcknowledged(this.#webhooks, () => postWebhook(told.desk, body)))) return
    for (const one of said) told.messages.set(one.wamid, one)
    if (!twice) return
    await sleep(this.#random.below(2_000))
    await this.#untilAcknowledged(this.#webhooks, async () => await postWebhook(told.desk, body) || true)
  }

  async #reply(): Promise<void> {
    const told = this.#pick(this.told)
    const conversation = this.#pick(this.#conversations.get(told.desk.studioId) ?? [])
    this.#made += 1
    const id = `msg_${String(this.#made).padStart(8, '0')}${told.desk.studioId.slice(-14)}`
    const reply = { id, conversation, text: `You are welcome. ${told.desk.studioId}.${this.#made}` }
    const answered = await this.#untilAcknowledged(this.#replies, async () => {
      try {
        await call(this.#product, 'POST', `/api/conversations/${conversation}/messages`, { token: told.desk.token, body: { id, content: reply.text } })
        return true
      } catch (error) {
        if (error instanceof Error && / answered 4\d\d /.test(error.message)) throw new Refused(error.message)
        return false // no 2xx was read: the browser's outbox tries the same id again
      }
    })
    if (answered) told.replies.set(id, reply)
  }

  async #untilAcknowledged(gate: Gate, attempt: () => Promise<boolean>): Promise<boolean> {
    for (let pause = 400; !this.#stopping; pause = Math.min(pause * 2, 4_000)) {
      try {
        if (await gate.pass(attempt)) return true
      } catch (error) {
        this.refused.push(String(error))
        return false
      }
      this.redelivered += 1
      await sleep(pause * (0.5 + this.#random.unit()))
    }
    return false
  }
}

/** Lets so many through at a time, the others in the order in which they came. */
class Gate {
  begun = 0
  readonly #width: number
  readonly #waiting: (() => void)[] = []
  #inside = 0

  constructor(width: number) {
    this.#width = width
  }

  async pass<T>(run: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#width) await new Promise<void>(resolve => this.#waiting.push(resolve))
    this.#inside += 1
    try {
      return await run()
    } finally {
      this.#inside -= 1
      this.#waiting.shift()?.()
    }
  }

  /** Counts work that is begun until it has ended. */
  async count(work: Promise<void>): Promise<void> {
    this.begun += 1
    await work.finally(() => (this.begun -= 1))
  }
}

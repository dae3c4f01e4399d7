// What a goal is handed: the load generator, and servers that end with the goal.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FLOOR_SECRET } from './floors/secret.ts'
import { FULL, type Pace, QUICK } from './load/interleave.ts'
import { Load, type Target } from './load/load.ts'
import { type Server, startServer } from './processes.ts'
import { type Product, startProduct } from './product.ts'

const FLOOR_PHONE_NUMBER_ID = '106540352242922'

/** One per goal; `stop()` ends whatever the goal started. */
export class Harness {
  readonly load = new Load()
  readonly quick: boolean
  readonly pace: Pace
  private readonly servers: { stop(): Promise<void> }[] = []
  private readonly folders: string[] = []

  constructor(quick: boolean) {
    this.quick = quick
    this.pace = quick ? QUICK : FULL
  }

  /** Starts `bench/floors/<name>` on the server's core. */
  async floor(name: string): Promise<Server> {
    return this.keep(await startServer([`${import.meta.dirname}/floors/serve.ts`, name]))
  }

  /** Starts the product on the server's core, on empty state unless `state` is given. */
  async product(options: { env?: Record<string, string>; state?: string } = {}): Promise<Product> {
    return this.keep(await startProduct(options.state ?? this.folder(), options.env ?? {}))
  }

  /** A server outside the product (a stand-in model, say); it runs beside the client. */
  async standIn(file: string, core: number, ...args: string[]): Promise<Server> {
    return this.keep(await startServer([`${import.meta.dirname}/${file}`, ...args], { core }))
  }

  /** A new empty folder that goes away with the harness. */
  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'bench-state-'))
    this.folders.push(folder)
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
    return folder
  }

  async stop(): Promise<void> {
    this.load.stop()
    await Promise.all(this.servers.map(server => server.stop()))
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true })
  }

  private keep<T extends { stop(): Promise<void> }>(server: T): T {
    this.servers.push(server)
    return server
  }
}

/** A floor as the load generator sees it: one studio with `sockets` staff sockets. */
export function floorTarget(name: string, server: Server, sockets: number, studio = 'a'): Target {
  return {
    name,
    sender: { url: `${server.url}/webhook/${studio}`, secret: FLOOR_SECRET, phoneNumberId: FLOOR_PHONE_NUMBER_ID, contacts: 100 },
    sockets: Array.from({ length: sockets }, () => ({ url: `${server.url.replace('http', 'ws')}/live/${studio}` })),
  }
}

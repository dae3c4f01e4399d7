// A keep-alive HTTP/1.1 client on raw sockets: cheap enough that the client is never what is measured.
import { connect, type Socket } from 'node:net'

interface Connection { socket: Socket; received: Buffer; done: ((status: number) => void) | null; idleSince: number }

const MOST_CONNECTIONS = 256
/** workerd closes a connection after 5 s without a request; one that may be closing is not used. */
const MOST_IDLE_MS = 2_000

/** Sends prepared requests to one origin; grows to 256 connections, then requests wait (and their waiting counts). */
export class HttpPool {
  private readonly idle: Connection[] = []
  private readonly all = new Set<Connection>()
  private readonly waiting: { bytes: Buffer; done: (status: number) => void }[] = []
  private readonly port: number
  private readonly host: string

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.host = hostname
    this.port = Number(port)
  }

  /** Calls `done` with the HTTP status, or with 0 when the connection broke before an answer. */
  send(bytes: Buffer, done: (status: number) => void): void {
    const connection = this.takeIdle() ?? (this.all.size < MOST_CONNECTIONS ? this.open() : null)
    if (!connection) { this.waiting.push({ bytes, done }); return }
    connection.done = done
    connection.socket.write(bytes)
  }

  close(): void {
    for (const connection of this.all) connection.socket.destroy()
  }

  /** The connection used last; when even that one has rested too long, all have. */
  private takeIdle(): Connection | undefined {
    const connection = this.idle.pop()
    if (!connection || performance.now() - connection.idleSince < MOST_IDLE_MS) return connection
    for (const stale of [connection, ...this.idle.splice(0)]) { this.all.delete(stale); stale.socket.destroy() }
    return undefined
  }

  private open(): Connection {
    const socket = connect({ host: this.host, port: this.port, noDelay: true })
    const connection: Connection = { socket, received: Buffer.alloc(0), done: null, idleSince: 0 }
    this.all.add(connection)
    socket.on('data', chunk => this.read(connection, chunk))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.drop(connection))
    return connection
  }

  private read(connection: Connection, chunk: Buffer): void {
    connection.received = connection.received.length ? Buffer.concat([connection.received, chunk]) : chunk
    const status = completeStatus(connection.received)
    if (status === null) return
    connection.received = Buffer.alloc(0)
    const done = connection.done
    connection.done = null
    const next = this.waiting.shift()
    if (next) { connection.done = next.done; connection.socket.write(next.bytes) }
    else { connection.idleSince = performance.now(); this.idle.push(connection) }
    done?.(status)
  }

  private drop(connection: Connection): void {
    this.all.delete(connection)
    const at = this.idle.indexOf(connection)
    if (at >= 0) this.idle.splice(at, 1)
    connection.done?.(0)
    connection.done = null
    const next = this.waiting.shift()
    if (next) this.send(next.bytes, next.done)
  }
}

/** The status of a response once all of it is here, else null. One response at a time (no pipelining). */
export function completeStatus(bytes: Buffer): number | null {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return null
  const head = bytes.toString('latin1', 0, headEnd)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  const status = Number(head.slice(9, 12))
  if (length) return bytes.length >= headEnd + 4 + Number(length[1]) ? status : null
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return bytes.subarray(-5).equals(Buffer.from('0\r\n\r\n')) ? status : null
  return status
}

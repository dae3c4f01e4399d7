// Turns what a browser records (Opus in WebM) into what WhatsApp delivers (Opus in Ogg), without touching the sound.
// Containers: RFC 8794 (EBML), RFC 3533 (Ogg), RFC 7845 (Opus in Ogg), RFC 6716 section 3.1 (packet durations).

const masters = new Set([0x18538067, 0x1f43b675, 0x1654ae6b, 0xae, 0xa0])
const CODEC_PRIVATE = 0x63a2
const blocks = new Set([0xa3, 0xa1])
const UNKNOWN = Symbol('unknown size')

/** An Ogg file, or undefined when `webm` holds no Opus track. */
export function toOgg(webm: Uint8Array): Uint8Array | undefined {
  let head: Uint8Array | undefined
  const packets: Uint8Array[] = []
  walk(webm, (id, data) => {
    if (id === CODEC_PRIVATE) head ??= data
    else if (blocks.has(id)) packets.push(data.subarray(4))
  })
  if (!head || new TextDecoder().decode(head.subarray(0, 8)) !== 'OpusHead' || packets.length === 0) return undefined
  const tags = new Uint8Array([...new TextEncoder().encode('OpusTags'), 9, 0, 0, 0, ...new TextEncoder().encode('simulator'), 0, 0, 0, 0])
  const pages = [page(head, 0, 0, 2), page(tags, 1, 0, 0)]
  let samples = 0
  packets.forEach((packet, index) => {
    samples += duration(packet)
    pages.push(page(packet, index + 2, samples, index === packets.length - 1 ? 4 : 0))
  })
  return join(pages)
}

/** Visits every leaf element; sizes may be unknown (all ones), as browsers write while they record. */
function walk(bytes: Uint8Array, visit: (id: number, data: Uint8Array) => void): void {
  let at = 0
  while (at < bytes.length) {
    const id = vint(bytes, at, false)
    const size = vint(bytes, at + id.length, true)
    const start = at + id.length + size.length
    if (typeof id.value !== 'number' || start > bytes.length) return
    if (masters.has(id.value)) { at = start; continue }
    if (typeof size.value !== 'number') return
    visit(id.value, bytes.subarray(start, start + size.value))
    at = start + size.value
  }
}

function vint(bytes: Uint8Array, at: number, strip: boolean): { value: number | typeof UNKNOWN; length: number } {
  const first = bytes[at] ?? 0
  const length = Math.max(1, Math.clz32(first) - 23)
  let value = strip ? first & (0xff >> length) : first
  let ones = (first & (0xff >> length)) === 0xff >> length
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0
    ones &&= byte === 0xff
    value = value * 256 + byte
  }
  return { value: strip && ones ? UNKNOWN : value, length }
}

/** Samples at 48 kHz in one Opus packet, from its first one or two bytes. */
function duration(packet: Uint8Array): number {
  const toc = packet[0] ?? 0
  const config = toc >> 3
  const frame = config < 12 ? [480, 960, 1920, 2880][config & 3] : config < 16 ? [480, 960][config & 1] : [120, 240, 480, 960][config & 3]
  const frames = [1, 2, 2, (packet[1] ?? 0) & 63][toc & 3] ?? 1
  return (frame ?? 960) * frames
}

/** One Ogg page around one packet (packets above 65,024 bytes do not occur in speech). */
function page(packet: Uint8Array, sequence: number, granule: number, flags: number): Uint8Array {
  const lacing = [...Array<number>(Math.floor(packet.length / 255)).fill(255), packet.length % 255]
  const bytes = new Uint8Array(27 + lacing.length + packet.length)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode('OggS'))
  bytes[5] = flags
  view.setBigUint64(6, BigInt(granule), true)
  view.setUint32(14, 0x5310, true)
  view.setUint32(18, sequence, true)
  bytes[26] = lacing.length
  bytes.set(lacing, 27)
  bytes.set(packet, 27 + lacing.length)
  view.setUint32(22, checksum(bytes), true)
  return bytes
}

/** Ogg's CRC-32: polynomial 0x04c11db7, not reflected, starting at zero. */
function checksum(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}

function join(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) { whole.set(part, at); at += part.length }
  return whole
}

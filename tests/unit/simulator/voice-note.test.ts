// Opus recorded in a browser becomes a sound Ogg file: pages, checksums, durations.

import { expect, test } from 'vitest'
import { toOgg } from '../../../simulator/src/voice-note.ts'
import { opusWebm } from '../../../simulator/src/whatsapp/sample-files.ts'

interface Page { flags: number; granule: bigint; sequence: number; body: Buffer; sound: boolean }

/** Ogg's CRC-32 by table, unlike the bitwise one under test. */
const table = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0)
  return crc >>> 0
})

function pagesOf(ogg: Buffer): Page[] {
  const pages: Page[] = []
  for (let at = 0; at < ogg.length;) {
    const lacing = ogg.subarray(at + 27, at + 27 + ogg.readUInt8(at + 26))
    const size = 27 + lacing.length + lacing.reduce((sum, length) => sum + length, 0)
    const page = Buffer.from(ogg.subarray(at, at + size))
    const written = page.readUInt32LE(22)
    page.writeUInt32LE(0, 22)
    const crc = page.reduce((sum: number, byte: number) => ((sum << 8) ^ (table[(sum >>> 24) ^ byte] ?? 0)) >>> 0, 0)
    pages.push({ flags: page.readUInt8(5), granule: page.readBigUInt64LE(6), sequence: page.readUInt32LE(18), body: page.subarray(27 + lacing.length), sound: page.toString('latin1', 0, 4) === 'OggS' && crc === written })
    at += size
  }
  return pages
}

test('the sample becomes Ogg pages with right checksums, in order, 1.2 to 1.5 seconds long', () => {
  const pages = pagesOf(Buffer.from(toOgg(Buffer.from(opusWebm, 'base64')) ?? []))
  expect(pages.length).toBeGreaterThan(10)
  expect(pages.every((page, index) => page.sound && page.sequence === index)).toBe(true)
  expect(pages.slice(0, 2).map(page => page.body.toString('latin1', 0, 8))).toEqual(['OpusHead', 'OpusTags'])
  expect([pages[0]?.flags, pages.at(-1)?.flags]).toEqual([2, 4])
  const length = Number(pages.at(-1)?.granule) / 48_000
  expect(length).toBeGreaterThan(1.2)
  expect(length).toBeLessThan(1.5)
})

test('what is no Opus in WebM is left alone', () => {
  expect(toOgg(new TextEncoder().encode('not a recording'))).toBeUndefined()
  expect(toOgg(new Uint8Array())).toBeUndefined()
})

// Reads an image's size from its head: a small file may unfold to gigabytes in the browser that shows it.

/** Pixels beyond which no photo of a phone goes. */
export const mostPixels = 100_000_000

/** Width times height; null where the head does not say. `mime` is the type found in the bytes. */
export function pixelsOf(head: Uint8Array, mime: string): number | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (mime === 'image/png' && head.length >= 24) return view.getUint32(16) * view.getUint32(20)
  if (mime === 'image/gif' && head.length >= 10) return view.getUint16(6, true) * view.getUint16(8, true)
  if (mime === 'image/jpeg') return jpegPixels(view)
  return null
}

/** Walks the segments to the frame header (ISO/IEC 10918-1, B.2.2). */
function jpegPixels(view: DataView): number | null {
  let at = 2
  while (at + 9 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7)
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
  }
  return null
}

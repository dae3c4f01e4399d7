// Tells from the first bytes what a file is; what it calls itself only decides where bytes cannot.

export type FileKind = 'image' | 'video' | 'audio' | 'document' | 'file'
export interface FileType { mime: string; kind: FileKind }

/** Bytes needed from the front of a file. */
export const headBytes = 4096
const unknownType: FileType = { mime: 'application/octet-stream', kind: 'file' }

const office: Record<string, 'zip' | 'ole'> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'zip',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'zip',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'zip',
  'application/vnd.oasis.opendocument.text': 'zip',
  'application/vnd.oasis.opendocument.spreadsheet': 'zip',
  'application/vnd.oasis.opendocument.presentation': 'zip',
  'application/msword': 'ole',
  'application/vnd.ms-excel': 'ole',
  'application/vnd.ms-powerpoint': 'ole',
}
const plainTexts = ['text/plain', 'text/csv', 'text/calendar', 'text/vcard']
/** Formats a browser may run when it believes their name: kept, but as bytes of no type. */
const claimsNothing = ['', 'application/octet-stream', 'binary/octet-stream']

/** null: the file is not what it says it is. `declared` is a Content-Type header or null. */
export function fileType(head: Uint8Array, declared: string | null): FileType | null {
  const claim = (declared ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const found = signature(head)
  if (found === 'mp4' || found === 'webm' || found === 'ogg') return container(found, claim, head)
  if (found === 'zip' || found === 'ole') {
    if (office[claim] === found) return { mime: claim, kind: 'document' }
    if (claimsMedia(claim) || office[claim] !== undefined) return null
    return found === 'zip' ? { mime: 'application/zip', kind: 'file' } : unknownType
  }
  if (found !== undefined) {
    const family = found.slice(0, found.indexOf('/'))
    const fits = claimsNothing.includes(claim) || claim === found || claim.startsWith(`${family}/`) && family !== 'application'
    return fits ? { mime: found, kind: family === 'application' ? 'document' : family as FileKind } : null
  }
  if (claim !== 'image/svg+xml' && claimsMedia(claim) || office[claim] !== undefined || claim === 'application/pdf') return null
  if (!looksLikeText(head)) return unknownType
  if (claimsNothing.includes(claim) || plainTexts.includes(claim)) return { mime: claimsNothing.includes(claim) ? 'text/plain' : claim, kind: 'document' }
  return unknownType
}

function claimsMedia(claim: string): boolean {
  return /^(image|audio|video)\//.test(claim)
}

/** One container holds sound alone or pictures too: there the name decides between the two. */
function container(found: 'mp4' | 'webm' | 'ogg', claim: string, head: Uint8Array): FileType | null {
  const brand = found === 'mp4' ? ascii(head, 8, 4) : ''
  if (/^(heic|heix|mif1|msf1)$/.test(brand)) return claim === '' || claimsNothing.includes(claim) || claim.startsWith('image/') ? { mime: 'image/heic', kind: 'image' } : null
  if (/^avi[fs]$/.test(brand)) return claim === '' || claimsNothing.includes(claim) || claim.startsWith('image/') ? { mime: 'image/avif', kind: 'image' } : null
  if (!claimsNothing.includes(claim) && !/^(audio|video)\//.test(claim) && claim !== 'application/ogg') return null
  const sound = claim.startsWith('audio/') || brand === 'M4A ' || brand === 'M4B ' || (found === 'ogg' && !claim.startsWith('video/'))
  if (found === 'mp4' && /^3g[gp]/.test(brand)) return sound ? { mime: 'audio/3gpp', kind: 'audio' } : { mime: 'video/3gpp', kind: 'video' }
  return sound ? { mime: `audio/${found}`, kind: 'audio' } : { mime: found === 'mp4' && brand === 'qt  ' ? 'video/quicktime' : `video/${found}`, kind: 'video' }
}

type Signature = 'mp4' | 'webm' | 'ogg' | 'zip' | 'ole' | `${'image' | 'audio' | 'video' | 'application'}/${string}`

/** Signatures as listed in the WHATWG MIME Sniffing standard and the formats' own documents. */
function signature(head: Uint8Array): Signature | undefined {
  const starts = (...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte)
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (/^GIF8[79]a/.test(ascii(head, 0, 6))) return 'image/gif'
  const riff = ascii(head, 0, 4) === 'RIFF' ? ascii(head, 8, 4) : ''
  if (riff === 'WEBP') return 'image/webp'
  if (riff === 'WAVE') return 'audio/wav'
  if (ascii(head, 4, 4) === 'ftyp') return 'mp4'
  if (starts(0x1a, 0x45, 0xdf, 0xa3)) return 'webm'
  if (ascii(head, 0, 4) === 'OggS') return 'ogg'
  if (ascii(head, 0, 5) === '#!AMR') return 'audio/amr'
  if (ascii(head, 0, 4) === 'fLaC') return 'audio/flac'
  if (ascii(head, 0, 5) === '%PDF-') return 'application/pdf'
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'zip'
  if (starts(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return 'ole'
  if (starts(0xff, 0xf1) || starts(0xff, 0xf9)) return 'audio/aac'
  if (ascii(head, 0, 3) === 'ID3' || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2)) return 'audio/mpeg'
  return undefined
}

function ascii(head: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...head.slice(from, from + length))
}

/** UTF-8 without control characters; the head may end within a character. */
function looksLikeText(head: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(head, { stream: true })
    return text !== '' && !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)
  } catch {
    return false // TypeError: not UTF-8
  }
}

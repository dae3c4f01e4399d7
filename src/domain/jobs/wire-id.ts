// Job ids on the wire: most stand in a path as they are; one that holds a provider's id may not, and is sent encoded.
import { fromBase64Url, toBase64Url } from '../../platform/ids.ts'

export function wireId(id: string): string {
  return /^[\w.:-]+$/.test(id) ? id : `~${toBase64Url(new TextEncoder().encode(id))}`
}

/** The id itself; what was never encoded by us is an id that does not exist. */
export function jobIdOf(wire: string): string {
  if (!/^~[\w-]+$/.test(wire)) return wire
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromBase64Url(wire.slice(1)))
  } catch {
    return wire // neither base64url nor UTF-8: nobody's id
  }
}

// One hash for all that an act was made from, so that the same inputs are known again.
import { sha256, toHex } from '../platform/digest.ts'

/** SHA-256 in hex over the JSON of the parts, in the order given. */
export async function inputsHash(parts: unknown): Promise<string> {
  return toHex(await sha256(JSON.stringify(parts)))
}

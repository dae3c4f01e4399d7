// Embeddings without a model: words hashed into a vector, so that texts which share words lie close together.

import { words } from './sources.ts'

/** A unit vector of `size` numbers, the same for the same text on every machine. */
export function embed(text: string, size: number): Float32Array {
  const vector = new Float32Array(size)
  for (const word of words(text)) {
    add(vector, word, 1)
    // Parts of words count a little: "dance" and "dancing" are relatives.
    for (let at = 0; at + 4 <= word.length; at++) add(vector, `#${word.slice(at, at + 4)}`, 0.25)
  }
  if (vector.every(value => value === 0)) add(vector, text, 1)
  const length = Math.hypot(...vector)
  return vector.map(value => value / length)
}

/** Little-endian 32-bit floats in base64, as OpenAI's clients ask by default. */
export function toBase64(vector: Float32Array): string {
  const bytes = new Uint8Array(vector.buffer)
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

function add(vector: Float32Array, word: string, weight: number): void {
  const hash = fnv(word)
  const at = hash % vector.length
  vector[at] = (vector[at] ?? 0) + (hash & 0x80000000 ? -weight : weight)
}

/** FNV-1a, 32 bit. */
function fnv(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

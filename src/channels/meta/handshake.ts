// Answers Meta's GET that proves a webhook address is ours.
import type { Handshake } from '../channel.ts'

/** 200 with the challenge verbatim (it is text: leading zeros count), else 403. The caller answers as text/plain. */
export function metaHandshake(query: URLSearchParams, verifyTokens: string[]): Handshake {
  const token = query.get('hub.verify_token') ?? ''
  const challenge = query.get('hub.challenge')
  const known = token !== '' && verifyTokens.some(one => sameText(one, token))
  if (query.get('hub.mode') !== 'subscribe' || challenge === null || !known) return { status: 403, body: 'Forbidden' }
  return { status: 200, body: challenge }
}

/** Looks at every character whatever the first difference, so that time tells nothing but the length. */
function sameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let i = 0; i < other.length; i += 1) difference |= one.charCodeAt(i % (one.length || 1)) ^ other.charCodeAt(i)
  return difference === 0
}

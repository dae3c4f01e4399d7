// Answers Meta's GET that proves a webhook address is ours.
import { sameText } from '../../platform/digest.ts'
import type { Handshake } from '../channel.ts'

/** 200 with the challenge verbatim (it is text: leading zeros count), else 403. The caller answers as text/plain. */
export async function metaHandshake(query: URLSearchParams, verifyTokens: string[]): Promise<Handshake> {
  const token = query.get('hub.verify_token') ?? ''
  const challenge = query.get('hub.challenge')
  const known = token !== '' && (await Promise.all(verifyTokens.map(one => sameText(one, token)))).includes(true)
  if (query.get('hub.mode') !== 'subscribe' || challenge === null || !known) return { status: 403, body: 'Forbidden' }
  return { status: 200, body: challenge }
}

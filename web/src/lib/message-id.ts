// Ids that the browser makes itself, so that a message sent twice is one message.

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** `msg_` and 26 characters: 10 of milliseconds, 16 random (80 bits), so that ids sort by time. */
export function newMessageId(now: number = Date.now()): string {
  let time = ''
  let rest = Math.max(0, Math.floor(now))
  for (let i = 0; i < 10; i += 1) {
    time = alphabet[rest % 32] + time
    rest = Math.floor(rest / 32)
  }
  let random = ''
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) random += alphabet[byte & 31]
  return `msg_${time}${random}`
}

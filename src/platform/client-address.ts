// The client's address as limits count it: one name per person's connection, whatever it is spelled like.

/** IPv4 as it is, IPv6 as its /64, IPv4-mapped IPv6 as the IPv4 inside; null for what is no address. */
export function addressName(text: string | null): string | null {
  if (text === null || text.length > 45) return null
  if (isIpv4(text)) return text
  const groups = ipv6Groups(text)
  if (groups === null) return null
  const mapped = groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff
  if (mapped) return [groups[6] ?? 0, groups[7] ?? 0].flatMap(group => [group >> 8, group & 255]).join('.')
  return groups.every((group, i) => group === (i === 7 ? 1 : 0)) ? '127.0.0.1' : `${groups.slice(0, 4).map(group => group.toString(16)).join(':')}::/64`
}

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

function ipv6Groups(text: string): number[] | null {
  const halves = expandTail(text).split('::')
  if (halves.length > 2) return null
  const [head = [], tail = []] = halves.map(half => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail]
  return groups.every(group => /^[0-9a-f]{1,4}$/i.test(group)) ? groups.map(group => parseInt(group, 16)) : null
}

/** "::ffff:1.2.3.4" as "::ffff:102:304". */
function expandTail(text: string): string {
  const at = text.lastIndexOf(':')
  const tail = text.slice(at + 1)
  if (at < 0 || !isIpv4(tail)) return text
  const [a = 0, b = 0, c = 0, d = 0] = tail.split('.').map(Number)
  return `${text.slice(0, at + 1)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
}

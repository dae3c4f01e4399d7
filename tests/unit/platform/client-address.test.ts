// Addresses as limits count them.
import { expect, it } from 'vitest'
import { addressName } from '../../../src/platform/client-address.ts'

it('H8 folds IPv6 to its /64 and mapped addresses to IPv4', () => {
  const cases: [string, string | null][] = [
    ['203.0.113.7', '203.0.113.7'], ['::ffff:203.0.113.7', '203.0.113.7'], ['::ffff:cb00:7107', '203.0.113.7'], ['0:0:0:0:0:FFFF:CB00:7107', '203.0.113.7'],
    ['2001:db8:0:7:1:2:3:4', '2001:db8:0:7::/64'], ['2001:DB8::7:ffff:1:2:3', '2001:db8:0:7::/64'], ['::1', '127.0.0.1'], ['::', '0:0:0:0::/64'],
  ]
  for (const [text, name] of cases) expect(addressName(text), text).toBe(name)
})

it('takes nothing else for an address', () => {
  for (const text of [null, '', 'x', '1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4, 5.6.7.8', '1.2.3.4:80', '::1::', '1:2:3:4:5:6:7:8:9', ':::', 'g::1', '2001:db8::1%eth0', '[::1]', '1:2:3:4:5:6:7::8:9', 'a'.repeat(100)]) expect(addressName(text), String(text)).toBeNull()
})

// The password meter: length counts, common words do not.
import { describe, expect, it } from 'vitest'
import { strength } from '../../../web/src/ui/password-strength.ts'

describe('the strength of a password', () => {
  it('counts down to the ten characters that the server asks for', () => {
    expect(strength('')).toEqual({ level: 0, words: '10 more characters needed' })
    expect(strength('123456789')).toEqual({ level: 0, words: '1 more character needed' })
    expect(strength('😀'.repeat(9)).level).toBe(0)
  })

  it('is not impressed by repeated or common parts', () => {
    expect(strength('aaaaaaaaaaaaaaaa').level).toBe(1)
    expect(strength('passwordpassword').level).toBe(1)
  })

  it('calls a row of words strong', () => {
    expect(strength('violin harbour mustard seven').level).toBe(4)
  })
})

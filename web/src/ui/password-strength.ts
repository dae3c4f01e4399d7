// Guesses how hard a password is to guess: length first, then variety; never blocks, the server's rule does.

const common = ['password', 'passwort', 'qwerty', '12345', 'letmein', 'welcome', 'dance', 'studio', 'iloveyou', 'abc123']

/** Level 0 (too short) to 4 (strong) with a word for people; 10 characters is the server's least. */
export function strength(password: string): { level: 0 | 1 | 2 | 3 | 4; words: string } {
  const left = 10 - [...password].length
  if (left > 0) return { level: 0, words: `${left} more ${left === 1 ? 'character' : 'characters'} needed` }
  let core = password.toLowerCase()
  for (const word of common) core = core.replaceAll(word, 'a')
  core = core.replace(/(.)\1+/g, '$1')
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/].filter(kind => kind.test(password)).length
  const bits = core.length * (2 + kinds * 0.6)
  if (bits < 24) return { level: 1, words: 'Easy to guess' }
  if (bits < 36) return { level: 2, words: 'Fair: longer is better' }
  if (bits < 52) return { level: 3, words: 'Good' }
  return { level: 4, words: 'Strong' }
}

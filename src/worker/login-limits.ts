// Slows down guessing: wrong passwords are counted by account with address, and by address; an account alone is never locked.
import { hour, minute, second } from '../platform/clock.ts'
import { sha256Url } from '../platform/digest.ts'
import { addressKey, forAddress, giveBack, takeOne, tooMany } from './middleware/limits.ts'
import type { Call } from './route.ts'

/** One address serves many people: it may fail this many times as often as one account from it. */
const addressFactor = 3
const message = 'Too many wrong passwords. Please wait a moment.'

/** Runs `attempt` within the limits. A success gives back what was counted; 'wrong' stays counted. Throws RATE_LIMITED. */
export async function guarded<T>(call: Call, email: string, attempt: () => Promise<T | 'wrong'>): Promise<T | 'wrong'> {
  const limit = call.config.LOGIN_LIMIT_PER_MINUTE
  const account = (await sha256Url(`login|${email}`)).slice(0, 32)
  const counters = [
    { name: `login:${account}|${call.address ?? 'none'}`, limit },
    ...(call.address === null ? [] : [{ name: `login-${addressKey(call.address)}`, limit: limit * addressFactor }]),
  ]
  const verdicts = await Promise.all(counters.map(counter => takeOne(call.env, counter.name, counter.limit, minute)))
  const refused = verdicts.find(verdict => !verdict.allowed)
  if (refused !== undefined) {
    await Promise.all(counters.filter((_, i) => verdicts[i]?.allowed).map(counter => giveBack(call.env, counter.name)))
    throw tooMany(refused, message)
  }
  const result = await attempt()
  if (result !== 'wrong') await Promise.all(counters.map(counter => giveBack(call.env, counter.name)))
  else await slowDown(call, account, limit)
  return result
}

/** Guessed at from many addresses, an account answers wrong tries a second later; the right password is never held up. */
async function slowDown(call: Call, account: string, limit: number): Promise<void> {
  const verdict = await takeOne(call.env, `account:${account}`, limit * addressFactor, minute)
  if (!verdict.allowed) await new Promise(resolve => setTimeout(resolve, second))
}

/** Throws RATE_LIMITED when one address signs up too often. */
export async function countSignUp(call: Call): Promise<void> {
  const verdict = await takeOne(call.env, `signup-${addressKey(call.address)}`, forAddress(call.address, call.config.SIGNUP_LIMIT_PER_HOUR), hour)
  if (!verdict.allowed) throw tooMany(verdict, 'Too many sign-ups from this address. Please try later.')
}

/** Throws RATE_LIMITED when a studio invites more than a studio would. */
export async function countInvitation(call: Call, studioId: string): Promise<void> {
  const verdict = await takeOne(call.env, `invite:${studioId}`, 50, hour)
  if (!verdict.allowed) throw tooMany(verdict, 'Many people were invited within this hour. Please try later.')
}

/** False when this address got enough mail for now: the answer to the caller stays the same. */
export async function mayMail(call: Call, email: string): Promise<boolean> {
  return (await takeOne(call.env, `mail:${(await sha256Url(`mail|${email}`)).slice(0, 32)}`, 5, hour)).allowed
}

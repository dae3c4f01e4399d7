// Access tokens: JWT, HS256 and nothing else, fifteen minutes.
import { SignJWT, jwtVerify } from 'jose'
import type { Config } from './env.ts'
import { minute } from './clock.ts'
import { fromBase64Url } from './ids.ts'

/** `sid` the session, `std` its studio, `mem` the membership there. */
export interface AccessClaims { sub: string; sid: string; std: string; mem: string }

export const accessTokenMs = 15 * minute
const issuer = 'studio-os'
const audience = 'studio-os-api'
const typ = 'at+jwt'
/** Clocks of two machines may differ by this much, in seconds. */
const skew = 60
/** A token of ours has some 400 characters; nothing longer is worth a hash. */
const longest = 2_048

export async function signAccess(config: Config, claims: AccessClaims, now: number): Promise<string> {
  const { sub, ...own } = claims
  const at = Math.floor(now / 1000)
  return new SignJWT({ ...own }).setProtectedHeader({ alg: 'HS256', typ }).setSubject(sub).setIssuer(issuer).setAudience(audience)
    .setIssuedAt(at).setNotBefore(at).setExpirationTime(at + accessTokenMs / 1000).sign(keyOf(config.JWT_SECRET))
}

/** The claims, or null for anything that is not a live token of ours; never throws on what a caller sent. */
export async function verifyAccess(config: Config, token: string, now: number): Promise<AccessClaims | null> {
  if (token.length > longest || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) || !hasOurHeader(token)) return null
  for (const secret of [config.JWT_SECRET, config.JWT_SECRET_PREVIOUS]) {
    if (secret === undefined) continue
    const claims = await claimsOf(token, secret, now)
    if (claims !== null) return claims
  }
  return null
}

async function claimsOf(token: string, secret: string, now: number): Promise<AccessClaims | null> {
  try {
    const options = { algorithms: ['HS256'], issuer, audience, typ, clockTolerance: skew, currentDate: new Date(now), requiredClaims: ['sub', 'exp', 'iat', 'nbf'] }
    const { payload } = await jwtVerify(token, keyOf(secret), options)
    return isLive(payload, now / 1000) ? readClaims(payload) : null
  } catch {
    return null // jose throws for every way in which a token can be wrong: all are one answer
  }
}

/** Exactly the two header fields we write: a token with kid, jku, zip, enc or another alg is not ours. */
function hasOurHeader(token: string): boolean {
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(fromBase64Url(token.slice(0, token.indexOf('.')))))
    if (typeof header !== 'object' || header === null || Object.keys(header).sort().join() !== 'alg,typ') return false
    return 'alg' in header && header.alg === 'HS256' && 'typ' in header && header.typ === typ
  } catch {
    return false // not base64url or not JSON
  }
}

function isLive(payload: Record<string, unknown>, at: number): boolean {
  const { exp, iat, nbf } = payload
  return isSecond(exp) && isSecond(iat) && isSecond(nbf) && exp > at && iat <= at + skew && nbf <= at + skew && exp - iat <= accessTokenMs / 1000
}

function isSecond(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

function readClaims(payload: Record<string, unknown>): AccessClaims | null {
  const { sub, sid, std, mem } = payload
  return typeof sub === 'string' && typeof sid === 'string' && typeof std === 'string' && typeof mem === 'string' ? { sub, sid, std, mem } : null
}

const keys = new Map<string, Uint8Array>()
function keyOf(secret: string): Uint8Array {
  const known = keys.get(secret) ?? new TextEncoder().encode(secret)
  keys.set(secret, known)
  return known
}

// Password hashes: scrypt, its cost stored beside the hash so that it can be raised later.
/// <reference path="./node-crypto.d.ts" />
import { scrypt } from 'node:crypto'
import { fromBase64Url, toBase64Url } from './ids.ts'

interface Cost { N: number; r: number; p: number }
/** 16 MB a hash: fits an isolate. Source: OWASP Password Storage Cheat Sheet, scrypt with N=2^14 r=8 p=5. */
const cost: Cost = { N: 16_384, r: 8, p: 5 }
const keyBytes = 32
/** Stands in where no login exists, so that both cases take the same work. */
const nobody = `scrypt$${cost.N}$${cost.r}$${cost.p}$${toBase64Url(new Uint8Array(16))}$${toBase64Url(new Uint8Array(keyBytes))}`

/** "scrypt$N$r$p$salt$hash", salt and hash base64url. Two passwords that differ anywhere give different hashes. */
export async function hashPassword(plain: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const key = await derive(plain, salt, cost)
  return `scrypt$${cost.N}$${cost.r}$${cost.p}$${toBase64Url(salt)}$${toBase64Url(key)}`
}

/** Whether the password belongs to the hash; with `null` (no such login) the same work is done and the answer is no. */
export async function verifyPassword(plain: string, stored: string | null): Promise<boolean> {
  const parts = parse(stored ?? nobody)
  const key = await derive(plain, parts.salt, parts.cost)
  let difference = key.byteLength ^ parts.hash.byteLength
  for (let i = 0; i < key.byteLength; i += 1) difference |= (key[i] ?? 0) ^ (parts.hash[i] ?? 0)
  return difference === 0 && stored !== null
}

function parse(stored: string): { cost: Cost; salt: Uint8Array; hash: Uint8Array } {
  const [, N, r, p, salt, hash] = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(stored) ?? []
  if (N === undefined || r === undefined || p === undefined || salt === undefined || hash === undefined) throw new Error('not a password hash')
  return { cost: { N: Number(N), r: Number(r), p: Number(p) }, salt: fromBase64Url(salt), hash: fromBase64Url(hash) }
}

/** One spelling per password: the same letters typed on two systems may differ in composition. */
function derive(plain: string, salt: Uint8Array, { N, r, p }: Cost): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(plain.normalize('NFKC'), salt, keyBytes, { N, r, p, maxmem: 64 * 1024 * 1024 }, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}

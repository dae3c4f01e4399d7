// The one thing the Worker takes from node:crypto: scrypt, native in workerd; @types/node would clash with the runtime's own types.
declare module 'node:crypto' {
  export interface ScryptCost { N: number; r: number; p: number; maxmem: number }
  export function scrypt(password: string, salt: Uint8Array, keylen: number, options: ScryptCost, callback: (error: Error | null, key: Uint8Array) => void): void
}

// A small seeded random source whose whole state can be saved and restored, so that a resumed run repeats itself.

/** sfc32 (Chris Doty-Humphrey, PractRand): 128 bits of state, integer arithmetic only, the same numbers on every host. */
export class Random {
  private a = 0
  private b = 0
  private c = 0
  private d = 1

  /** @param seed any integer; equal seeds give equal sequences. */
  constructor(seed: number) {
    this.a = seed | 0
    this.b = 0x9e3779b9 | 0
    this.c = (seed / 0x100000000) | 0
    for (let i = 0; i < 16; i++) this.bits()
  }

  /** 32 random bits as a signed integer. */
  bits(): number {
    const sum = (this.a + this.b + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum
  }

  /** An integer in [0, n) for n up to 65536; multiplication instead of remainder keeps the hot loops short. */
  below(n: number): number {
    return ((this.bits() >>> 16) * n) >>> 16
  }

  /** A number in [0, 1). */
  unit(): number {
    return (this.bits() >>> 0) / 4294967296
  }

  /** The state as four integers, for a checkpoint. */
  save(): [number, number, number, number] {
    return [this.a, this.b, this.c, this.d]
  }

  restore(state: readonly [number, number, number, number]): void {
    ;[this.a, this.b, this.c, this.d] = state
  }
}

// The last frames of a studio's change log, kept in memory so that a short drop is replayed without asking D1.

const maxFrames = 2_000
const maxCharacters = 4_000_000

export class Tail {
  #frames: { seq: number; frame: string }[] = []
  #characters = 0
  /** Number of the last change the hub knows of, whether its frame is here or not. */
  #head = -1

  push(seq: number, frame: string): void {
    this.#frames.push({ seq, frame })
    this.#characters += frame.length
    this.#head = seq
    while (this.#frames.length > maxFrames || this.#characters > maxCharacters) this.#characters -= this.#frames.shift()?.frame.length ?? 0
  }

  /** After a jump: what came before is not here any more. */
  restart(head: number): void {
    this.#frames = []
    this.#characters = 0
    this.#head = head
  }

  /** Frames after `seq` without a hole, [] when nothing is missing, null when they are not all here. */
  after(seq: number): string[] | null {
    if (seq >= this.#head) return []
    const first = this.#frames[0]
    if (first === undefined || first.seq > seq + 1) return null
    return this.#frames.slice(seq + 1 - first.seq).map(entry => entry.frame)
  }
}

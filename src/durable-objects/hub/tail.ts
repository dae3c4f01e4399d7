// The last frames of a studio's change log, kept in memory so that a short drop is replayed without asking D1.
import type { Frame } from './frames.ts'

const maxFrames = 2_000
const maxCharacters = 4_000_000

export class Tail {
  #frames: Frame[] = []
  #characters = 0
  /** Number of the last change the hub knows of, whether its frame is here or not. */
  #head = -1

  push(frame: Frame): void {
    this.#frames.push(frame)
    this.#characters += frame.text.length
    this.#head = frame.seq
    while (this.#frames.length > maxFrames || this.#characters > maxCharacters) this.#characters -= this.#frames.shift()?.text.length ?? 0
  }

  /** After a jump: what came before is not here any more. */
  restart(head: number): void {
    this.#frames = []
    this.#characters = 0
    this.#head = head
  }

  /** Frames after `seq` without a hole, [] when nothing is missing, null when they are not all here. */
  after(seq: number): Frame[] | null {
    if (seq >= this.#head) return []
    const first = this.#frames[0]
    if (first === undefined || first.seq > seq + 1) return null
    return this.#frames.slice(seq + 1 - first.seq)
  }
}

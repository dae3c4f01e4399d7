// How long thinking waits after a message: soon in calm hours, later in a rush, so that taking messages in always comes first.
import { second } from '../../platform/clock.ts'

const calmMs = 1.5 * second
/** On average: each conversation's turn is left to chance, so that they do not all come at once. */
const rushMs = 10 * second
/** Messages a second in this isolate from which a rush begins. */
const rushRate = 40

let windowStart = 0
let inWindow = 0
let lastRate = 0

/** Milliseconds until the assistant looks at a conversation; `count` messages came at `now` (ms). */
export function thinkingDelay(now: number, count: number): number {
  if (now - windowStart >= second || now < windowStart) {
    lastRate = now - windowStart < 2 * second ? inWindow : 0
    windowStart = now
    inWindow = 0
  }
  inWindow += count
  return Math.max(lastRate, inWindow) >= rushRate ? rushMs * (0.6 + Math.random() * 0.8) : calmMs
}

// Signals by id, made when first read: one changed row wakes only what shows that row.
import { createSignal, getListener, type Signal } from 'solid-js'

/** A family of "this id changed" signals over values that live elsewhere. */
export class Keyed {
  readonly #signals = new Map<string, Signal<undefined>>()

  /** Subscribes the running computation to an id; does nothing outside of one. */
  track(id: string): void {
    if (!getListener()) return
    let signal = this.#signals.get(id)
    if (!signal) this.#signals.set(id, signal = createSignal(undefined, { equals: false }))
    signal[0]()
  }

  touch(id: string): void {
    this.#signals.get(id)?.[1](undefined)
  }

  touchAll(): void {
    for (const signal of this.#signals.values()) signal[1](undefined)
  }
}

/** A counter to depend on when a whole set changes in place. */
export function createVersion(): { track: () => void; touch: () => void } {
  const [read, write] = createSignal(undefined, { equals: false })
  return { track: () => { read() }, touch: () => { write(undefined) } }
}

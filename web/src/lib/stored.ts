// Small choices that this browser keeps: a signal over a key of localStorage, the same in every tab.
import { createSignal } from 'solid-js'

/** Reads `key` as JSON over `initial`; what cannot be read or stored falls back to memory. */
export function createStored<T extends object>(key: string, initial: T): [() => T, (change: Partial<T>) => void] {
  const [value, setValue] = createSignal<T>(read(localStorage.getItem(key), initial))
  addEventListener('storage', event => {
    if (event.key === key) setValue(() => read(event.newValue, initial))
  })
  return [value, change => {
    const next = { ...value(), ...change }
    setValue(() => next)
    localStorage.setItem(key, JSON.stringify(next))
  }]
}

function read<T extends object>(text: string | null, initial: T): T {
  if (!text) return initial
  try {
    return { ...initial, ...JSON.parse(text) as Partial<T> }
  } catch {
    return initial // another version or a person wrote something else there
  }
}

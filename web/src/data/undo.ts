// What was just done and can be taken back, newest last, and the failures a person must hear of.
import { createSignal } from 'solid-js'

export interface Deed { id: number; text: string; undo(): Promise<void> }
export interface Failure { text: string; reason: string }

const remembered = 20
let next = 1
const [deeds, setDeeds] = createSignal<readonly Deed[]>([])
const deedListeners = new Set<(deed: Deed) => void>()
const undoneListeners = new Set<(deed: Deed) => void>()
const failureListeners = new Set<(failure: Failure) => void>()

/** The deed that Z would take back. */
export function lastDeed(): Deed | undefined {
  return deeds().at(-1)
}

export function did(text: string, undo: () => Promise<void>): void {
  const deed: Deed = { id: next, text, undo }
  next += 1
  setDeeds(before => [...before.slice(1 - remembered), deed])
  for (const tell of deedListeners) tell(deed)
}

/** Takes a deed back, the newest when none is named. False when there is none. */
export async function undo(id?: number): Promise<boolean> {
  const deed = id === undefined ? lastDeed() : deeds().find(each => each.id === id)
  if (!deed) return false
  setDeeds(before => before.filter(each => each !== deed))
  for (const tell of undoneListeners) tell(deed)
  await deed.undo()
  return true
}

export function failed(text: string, reason: string): void {
  for (const tell of failureListeners) tell({ text, reason })
}

export function onDeed(listener: (deed: Deed) => void): () => void {
  deedListeners.add(listener)
  return () => deedListeners.delete(listener)
}
/** Told when a deed is being taken back. */
export function onUndone(listener: (deed: Deed) => void): () => void {
  undoneListeners.add(listener)
  return () => undoneListeners.delete(listener)
}
export function onFailure(listener: (failure: Failure) => void): () => void {
  failureListeners.add(listener)
  return () => failureListeners.delete(listener)
}

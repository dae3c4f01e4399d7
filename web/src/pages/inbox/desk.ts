// What the inbox page shows right now: the chosen conversation, the list, what is open. Kept apart from data.
import { createSignal } from 'solid-js'
import type { View } from '../../data/views.ts'

export type ComposerMode = 'reply' | 'note'
export type Picker = 'palette' | 'assign' | 'labels' | 'snooze' | 'help'

const [selected, setSelected] = createSignal<string | null>(null)
const [view, setView] = createSignal<View | null>(null)
const [panelOpen, setPanelOpen] = createSignal(matchMedia('(min-width: 80rem)').matches)
const [picker, setPicker] = createSignal<Picker | null>(null)
const [mode, setMode] = createSignal<ComposerMode>('reply')
const [jump, setJump] = createSignal<{ conversationId: string; messageId: string } | null>(null)

/** Id of the conversation on the screen. */
export const selectedId = selected
export const currentView = view
export { setSelected, setView, panelOpen, setPanelOpen, picker, setPicker, mode as composerMode, setMode as setComposerMode }
/** A message to scroll to and flash; the thread clears it. */
export const jumpTarget = jump
export { setJump as jumpTo }

type Act = 'focus-composer' | 'focus-search' | 'suggest' | 'template' | 'to-end' | 'attach'
const acts = new Map<Act, () => void>()

/** A part of the screen says that it can do something; the returned function takes that back. */
export function offer(act: Act, run: () => void): () => void {
  acts.set(act, run)
  return () => { if (acts.get(act) === run) acts.delete(act) }
}
export function canDo(act: Act): boolean {
  return acts.has(act)
}
/** Asks the part of the screen that can; false when it is not there. */
export function ask(act: Act): boolean {
  const run = acts.get(act)
  run?.()
  return run !== undefined
}

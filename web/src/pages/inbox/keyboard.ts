// Runs actions from keys; silent while someone writes, and while a dialog or menu is open.
import { onCleanup, onMount } from 'solid-js'
import type { Action } from './actions.ts'
import { picker } from './desk.ts'

export function useKeyboard(actions: () => readonly Action[]): void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return
    const control = event.ctrlKey || event.metaKey
    const name = control ? `Ctrl+${event.key.toLowerCase()}` : event.key
    if (picker() !== null || document.querySelector('dialog[open], [popover=auto]:popover-open')) return
    if (isWriting(event.target) && name !== 'Ctrl+k') return
    if (!control && isControl(event.target) && (event.key === 'ArrowDown' || event.key === 'ArrowUp' || event.key === 'End' || event.key === 'Escape')) return
    const action = actions().find(each => each.keys.includes(name) && each.when())
    if (!action) return
    event.preventDefault()
    action.run()
  }
  onMount(() => addEventListener('keydown', listen))
  onCleanup(() => removeEventListener('keydown', listen))
}

/** How a key is drawn in menus and help. */
export function keyName(key: string): string {
  const apple = /Mac|iPhone|iPad/.test(navigator.platform)
  const shown = key.startsWith('Ctrl+') ? `${apple ? '⌘' : 'Ctrl'} ${key.slice(5).toUpperCase()}` : key
  return { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc', G: 'Shift G' }[shown] ?? (shown.length === 1 ? shown.toUpperCase() : shown)
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=file], [type=button])'))
}

/** Menus and scrollers use these keys themselves. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role^=menu], [role=log], [role=listbox], [popover]') !== null
}

// A drop-down menu on the platform's popover: light dismiss and Escape are the browser's, arrow keys and typing are ours.
import { createSignal, createUniqueId, For, onCleanup, Show, type JSX } from 'solid-js'
import { Icon, type IconName } from './icon.tsx'
import { place, type Side } from './place.ts'
import { letterMatch, step } from './menu-keys.ts'
import './menu.css'

export interface MenuItem {
  label: string
  icon?: IconName
  /** Shown at the right: a shortcut or a short state. */
  aside?: JSX.Element
  hint?: string
  danger?: boolean
  disabled?: boolean
  /** Draws a tick and makes it a radio item. */
  checked?: boolean
  onSelect: () => void
}
/** 'line' draws a separator; `{ heading }` a quiet title. */
export type MenuEntry = MenuItem | 'line' | { heading: string }

/** What the trigger button spreads onto itself. */
export interface MenuTrigger {
  ref: (element: HTMLButtonElement) => void
  id: string
  'aria-haspopup': 'menu'
  readonly 'aria-expanded': 'true' | 'false'
  onClick: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

/** `trigger` draws the button with what it is given; `entries` are read when the menu opens. */
export function Menu(props: { label: string; entries: readonly MenuEntry[]; side?: Side; trigger: (trigger: MenuTrigger) => JSX.Element }): JSX.Element {
  const [open, setOpen] = createSignal(false)
  const id = createUniqueId()
  let button: HTMLButtonElement | undefined
  let box: HTMLDivElement | undefined
  const items = () => [...(box?.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)') ?? [])]
  const show = (which: 'first' | 'last') => {
    if (!box || !button) return
    if (open()) return void box.hidePopover()
    setOpen(true)
    box.showPopover()
    place(box, button, props.side ?? 'bottom-start')
    const list = items()
    const chosen = list.every(item => item.hasAttribute('aria-checked')) ? list.find(item => item.getAttribute('aria-checked') === 'true') : undefined
    ;(which === 'last' ? list.at(-1) : chosen ?? list[0])?.focus()
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return void box?.hidePopover()
    const target = step(event.key, items()) ?? letterMatch(event, items())
    if (!target) return
    event.preventDefault()
    event.stopPropagation()
    target.focus()
  }
  const choose = (item: MenuItem) => {
    box?.hidePopover()
    button?.focus()
    item.onSelect()
  }
  onCleanup(() => { if (box?.matches(':popover-open')) box.hidePopover() })
  const closed = (event: ToggleEvent) => {
    if (event.newState === 'open') return
    if (box?.contains(document.activeElement)) button?.focus()
    setOpen(false)
  }
  const trigger: MenuTrigger = {
    ref: element => { button = element },
    id,
    'aria-haspopup': 'menu',
    get 'aria-expanded'() { return open() ? 'true' : 'false' },
    onClick: () => show('first'),
    onKeyDown: event => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      show(event.key === 'ArrowUp' ? 'last' : 'first')
    },
  }
  return (
    <>
      {props.trigger(trigger)}
      <div ref={box} class="menu" popover="auto" role="menu" aria-label={props.label} onKeyDown={keys} on:toggle={closed}>
        <Show when={open()}><For each={props.entries}>{entry => <Entry entry={entry} choose={choose} />}</For></Show>
      </div>
    </>
  )
}

function Entry(props: { entry: MenuEntry; choose: (item: MenuItem) => void }): JSX.Element {
  const entry = props.entry
  if (entry === 'line') return <div class="menu-line" role="separator" />
  if ('heading' in entry) return <div class="menu-heading" role="presentation">{entry.heading}</div>
  return (
    <button type="button" class="menu-item" classList={{ 'menu-danger': entry.danger }} tabIndex={-1} disabled={entry.disabled}
      role={entry.checked === undefined ? 'menuitem' : 'menuitemradio'} aria-checked={entry.checked} onClick={() => props.choose(entry)}>
      <Show when={entry.icon}>{name => <Icon name={name()} />}</Show>
      <span class="menu-label">{entry.label}<Show when={entry.hint}><small>{entry.hint}</small></Show></span>
      <Show when={entry.aside}><span class="menu-aside">{entry.aside}</span></Show>
      <Show when={entry.checked}><Icon name="check" size={16} /></Show>
    </button>
  )
}

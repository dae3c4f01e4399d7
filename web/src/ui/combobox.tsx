// Choose one of many by typing a part of its name: an input with a list below (the ARIA combobox pattern).
import { createEffect, createMemo, createSignal, createUniqueId, For, onCleanup, Show, type JSX } from 'solid-js'
import { Icon } from './icon.tsx'
import type { FieldControl } from './field.tsx'
import { place } from './place.ts'
import { foldText } from './fold-text.ts'
import './field.css'
import './menu.css'
import './combobox.css'

export interface Choice { value: string; label: string; /** Further words to find it by. */ also?: string; aside?: string }
const most = 60

/** Shows the label of `value`; `onValue` is called only with a value of `choices`. Put it in a Field. */
export function Combobox(props: { control: FieldControl; choices: readonly Choice[]; value: string; onValue: (value: string) => void; disabled?: boolean; placeholder?: string }): JSX.Element {
  const list = createUniqueId()
  const [typed, setTyped] = createSignal<string | null>(null)
  const [at, setAt] = createSignal(0)
  let input!: HTMLInputElement
  let box!: HTMLDivElement
  const chosen = () => props.choices.find(choice => choice.value === props.value)
  const hits = createMemo(() => {
    const words = foldText(typed() ?? '').split(/\s+/).filter(Boolean)
    return props.choices.filter(choice => words.every(word => foldText(`${choice.label} ${choice.also ?? ''}`).includes(word))).slice(0, most)
  })
  const open = () => typed() !== null
  createEffect(() => {
    if (!open()) { if (box.matches(':popover-open')) box.hidePopover(); return }
    hits()
    box.style.width = `${input.offsetWidth}px`
    if (!box.matches(':popover-open')) box.showPopover()
    place(box, input, 'bottom-start', 4)
    box.children[at()]?.scrollIntoView({ block: 'nearest' })
  })
  const show = (text: string) => { setTyped(text); setAt(Math.max(0, text ? 0 : hits().findIndex(choice => choice.value === props.value))) }
  const take = (choice: Choice | undefined) => { if (choice) props.onValue(choice.value); setTyped(null) }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open()) return show('')
      const count = hits().length
      if (count) setAt((at() + (event.key === 'ArrowDown' ? 1 : -1) + count) % count)
    } else if (event.key === 'Enter' && open()) { event.preventDefault(); take(hits()[at()]) }
    else if (event.key === 'Escape' && open()) { event.preventDefault(); event.stopPropagation(); setTyped(null) }
  }
  onCleanup(() => { if (box.matches(':popover-open')) box.hidePopover() })
  return (
    <span class="select">
      <input {...props.control} ref={input} class="input" role="combobox" aria-expanded={open()} aria-controls={list} aria-autocomplete="list" autocomplete="off" spellcheck={false}
        aria-activedescendant={open() && hits().length ? `${list}-${at()}` : undefined} disabled={props.disabled} placeholder={props.placeholder}
        value={typed() ?? chosen()?.label ?? props.value} onInput={event => show(event.currentTarget.value)} onClick={() => { if (!open()) { input.select(); show('') } }} onKeyDown={keys} onBlur={() => setTyped(null)} />
      <Icon name="chevron-down" size={16} />
      <div ref={box} id={list} class="menu combobox-list" popover="manual" role="listbox" aria-label="Choices" onMouseDown={event => event.preventDefault()}>
        <Show when={open()}>
          <For each={hits()} fallback={<p class="combobox-none">Nothing like that</p>}>{(choice, index) => (
            <div id={`${list}-${index()}`} role="option" class="menu-item" classList={{ 'combobox-at': index() === at() }} aria-selected={choice.value === props.value} onClick={() => take(choice)} onMouseMove={() => setAt(index())}>
              <span class="menu-label">{choice.label}</span><Show when={choice.aside}><span class="menu-aside">{choice.aside}</span></Show>
            </div>
          )}</For>
        </Show>
      </div>
    </span>
  )
}

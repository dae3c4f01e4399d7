// A dialog with one field and a list below it: typing narrows, arrows choose, Enter does it.
import { createEffect, createMemo, createSignal, createUniqueId, For, on, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { Kbd } from '../../../ui/kbd.tsx'
import './pick-dialog.css'

export interface Choice { title: string; group?: string; hint?: string; icon?: IconName; mark?: JSX.Element; keys?: string[]; checked?: boolean; /** Stays open after it. */ stays?: boolean; run: () => void }

/** `onWords` hears what is typed; `foot` stands below the list. */
export function PickDialog(props: { label: string; placeholder: string; choices: readonly Choice[]; onClose: () => void; onWords?: (words: string) => void; foot?: JSX.Element; empty?: string }): JSX.Element {
  const id = createUniqueId()
  const [words, setWords] = createSignal('')
  const [at, setAt] = createSignal(0)
  let dialog!: HTMLDialogElement
  let list!: HTMLUListElement
  const found = createMemo(() => {
    const wanted = words().trim().toLowerCase().split(/\s+/)
    return props.choices.filter(choice => wanted.every(word => `${choice.title} ${choice.group ?? ''} ${choice.hint ?? ''}`.toLowerCase().includes(word)))
  })
  createEffect(on(words, () => setAt(0), { defer: true }))
  createEffect(() => { list?.children[at()]?.scrollIntoView({ block: 'nearest' }) })
  onMount(() => dialog.showModal())
  onCleanup(() => dialog.close())
  const run = (choice: Choice | undefined) => {
    if (!choice) return
    if (!choice.stays) props.onClose()
    choice.run()
  }
  const keys = (event: KeyboardEvent) => {
    const count = found().length
    if (event.key === 'Enter') run(found()[at()])
    else if (count > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) setAt((at() + (event.key === 'ArrowDown' ? 1 : count - 1)) % count)
    else return
    event.preventDefault()
  }
  return (
    <dialog ref={dialog} class="pick" aria-label={props.label} on:cancel={event => { event.preventDefault(); props.onClose() }} on:mousedown={event => { if (event.target === dialog) props.onClose() }}>
      <div class="pick-inner">
        <div class="pick-field"><Icon name="search" />
          <input type="text" role="combobox" aria-label={props.label} aria-expanded="true" aria-controls={`${id}-list`} aria-activedescendant={found()[at()] ? `${id}-${at()}` : undefined} autocomplete="off" placeholder={props.placeholder}
            autofocus value={words()} onInput={event => { setWords(event.currentTarget.value); props.onWords?.(event.currentTarget.value) }} onKeyDown={keys} />
          <Kbd>Esc</Kbd>
        </div>
        <ul ref={list} class="pick-list" role="listbox" id={`${id}-list`} aria-label={props.label}>
          <For each={found()}>{(choice, i) => (
            <li id={`${id}-${i()}`} role="option" aria-selected={i() === at()} class="pick-item" onMouseMove={() => setAt(i())} onClick={() => run(choice)}>
              <Show when={choice.icon}>{name => <Icon name={name()} />}</Show>{choice.mark}
              <span class="pick-title truncate">{choice.title}<Show when={choice.hint}><small>{choice.hint}</small></Show></span>
              <Show when={choice.checked}><Icon name="check" size={16} label="chosen" /></Show>
              <Show when={choice.group && !choice.keys?.length}><span class="faint">{choice.group}</span></Show>
              <For each={choice.keys}>{key => <Kbd>{key}</Kbd>}</For>
            </li>
          )}</For>
        </ul>
        <Show when={found().length === 0}><p class="pick-empty muted">{props.empty ?? 'Nothing fits.'}</p></Show>
        {props.foot}
      </div>
    </dialog>
  )
}

// Tabs within a page: arrow keys move, the chosen one shows its panel.
import { createUniqueId, For, type JSX } from 'solid-js'
import './tabs.css'

export interface Tab<V extends string> { value: V; label: string; count?: number }

/** `children(value)` draws the panel of the chosen tab. */
export function Tabs<V extends string>(props: { label: string; tabs: readonly Tab<V>[]; value: V; onChange: (value: V) => void; children?: JSX.Element }): JSX.Element {
  const id = createUniqueId()
  let list!: HTMLDivElement
  const keys = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    const at = props.tabs.findIndex(tab => tab.value === props.value)
    const next = props.tabs[(at + by + props.tabs.length) % props.tabs.length]
    if (!next) return
    props.onChange(next.value)
    queueMicrotask(() => list.querySelector<HTMLElement>('[aria-selected=true]')?.focus())
  }
  return (
    <>
      <div ref={list} class="tabs" role="tablist" aria-label={props.label} onKeyDown={keys}>
        <For each={props.tabs}>{tab => (
          <button type="button" role="tab" class="tab" id={`${id}-${tab.value}`} aria-controls={`${id}-panel`} aria-selected={tab.value === props.value} tabIndex={tab.value === props.value ? 0 : -1} onClick={() => props.onChange(tab.value)}>
            {tab.label}{tab.count !== undefined && <span class="tab-count">{tab.count}</span>}
          </button>
        )}</For>
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${props.value}`} tabIndex={0} class="tab-panel">{props.children}</div>
    </>
  )
}

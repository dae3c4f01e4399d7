// Short news at the edge of the screen: `toast({ text, action, tone })`; an action such as Undo keeps it longer.
import { createSignal, For, onCleanup, Show, type JSX } from 'solid-js'
import { Icon } from './icon.tsx'
import { IconButton } from './button.tsx'
import './toast.css'

export interface ToastInput {
  text: string
  tone?: 'plain' | 'good' | 'bad'
  action?: { label: string; run: () => void }
  /** How long it stays; 5 s, with an action 8 s, a failure 10 s. 0: until closed. */
  ms?: number
}
interface Shown extends ToastInput { id: number }
const [shown, setShown] = createSignal<readonly Shown[]>([])
const most = 4
let last = 0

/** Shows it and returns a function that takes it away. */
export function toast(input: ToastInput): () => void {
  const id = ++last
  setShown(list => [...list, { ...input, id }].slice(-most))
  return () => dismiss(id)
}

function dismiss(id: number): void {
  setShown(list => list.filter(item => item.id !== id))
}

/** Mounted once, at the root of the app; lives in the top layer, above dialogs. */
export function ToastRegion(): JSX.Element {
  let region!: HTMLDivElement
  const lift = () => {
    if (region.matches(':popover-open')) region.hidePopover()
    region.showPopover()
  }
  return (
    <div ref={region} class="toasts" popover="manual" role="region" aria-label="Notices" aria-live="polite">
      <For each={shown()}>{item => { queueMicrotask(lift); return <Toast item={item} /> }}</For>
    </div>
  )
}

function Toast(props: { item: Shown }): JSX.Element {
  const { id, tone, action, text, ms } = props.item
  const stay = ms ?? (action ? 8000 : tone === 'bad' ? 10_000 : 5000)
  let timer: ReturnType<typeof setTimeout> | undefined
  const start = () => { if (stay > 0) timer = setTimeout(dismiss, stay, id) }
  const stop = () => clearTimeout(timer)
  start()
  onCleanup(stop)
  return (
    <div class={`toast toast-${tone ?? 'plain'}`} role={tone === 'bad' ? 'alert' : undefined} onMouseEnter={stop} onMouseLeave={start} onFocusIn={stop} onFocusOut={start}>
      <Show when={tone && tone !== 'plain'}><Icon name={tone === 'bad' ? 'warning' : 'circle-check'} /></Show>
      <span class="toast-text">{text}</span>
      <Show when={action}>{act => <button type="button" class="toast-action" onClick={() => { dismiss(id); act().run() }}>{act().label}</button>}</Show>
      <IconButton icon="close" label="Dismiss" size="sm" plainTip onClick={() => dismiss(id)} />
    </div>
  )
}

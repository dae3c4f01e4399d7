// Building elements without markup strings, so that nothing a customer types can become HTML.

import { icon, type Icon } from './icons.ts'

type Child = Node | string | null | undefined | false
type Props = { class?: string; on?: { [event: string]: (event: Event) => void } } & { [attribute: string]: unknown }

/** An element with attributes, listeners under `on`, and children; null and false children are skipped. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [key, value] of Object.entries(props)) {
    if (key === 'on' && value && typeof value === 'object') for (const [event, run] of Object.entries(value)) element.addEventListener(event, run as EventListener)
    else if (value === true) element.setAttribute(key, '')
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, String(value))
  }
  for (const child of children) if (child) element.append(child)
  return element
}

/** A round button with a drawn icon and a name for those who cannot see it. */
export function iconButton(label: string, drawn: Icon, run: () => void, kind = ''): HTMLButtonElement {
  return el('button', { type: 'button', class: `icon ${kind}`, 'aria-label': label, title: label, on: { click: run } }, icon(drawn))
}

/** Opens a sheet over the page; it closes by Escape, by its backdrop, or when `close` is called. */
export function sheet(title: string, build: (close: () => void) => Child[]): void {
  const dialog = el('dialog', { class: 'sheet', 'aria-label': title })
  const close = () => dialog.close()
  dialog.append(el('h2', {}, title), ...build(close).filter(child => child !== null && child !== undefined && child !== false))
  dialog.addEventListener('click', event => { if (event.target === dialog) close() })
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}

let hide: ReturnType<typeof setTimeout> | undefined

/** A short message at the foot of the page. */
export function note(text: string): void {
  const place = document.getElementById('note')
  if (!place) return
  place.textContent = text
  place.classList.add('shown')
  clearTimeout(hide)
  hide = setTimeout(() => place.classList.remove('shown'), 4000)
}

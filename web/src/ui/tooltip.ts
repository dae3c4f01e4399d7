// One tooltip for the whole app: any element with `data-tip="words"` (and `data-tip-keys="E"`) shows it on hover and focus.
import { place } from './place.ts'
import './tooltip.css'

/** Listens on the document and draws one box in the top layer; returns the undo. Names come from aria-label, not from here. */
export function installTooltips(): () => void {
  const box = document.createElement('div')
  box.className = 'tooltip'
  box.popover = 'manual'
  box.setAttribute('aria-hidden', 'true')
  document.body.append(box)
  let timer: ReturnType<typeof setTimeout> | undefined
  let shownFor: Element | null = null
  const hide = () => {
    clearTimeout(timer)
    shownFor = null
    if (box.matches(':popover-open')) box.hidePopover()
  }
  const show = (target: HTMLElement) => {
    const words = target.dataset['tip']
    if (!words || !target.isConnected || target.getAttribute('aria-expanded') === 'true') return
    const keys = target.dataset['tipKeys']
    box.replaceChildren(words, ...(keys ? [Object.assign(document.createElement('kbd'), { textContent: keys })] : []))
    shownFor = target
    box.showPopover()
    place(box, target, target.closest('[data-tip-side="right"]') ? 'right' : 'top')
  }
  const enter = (event: Event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null
    if (target === shownFor) return
    hide()
    if (!target || (event.type === 'focusin' && !target.matches(':focus-visible'))) return
    timer = setTimeout(show, event.type === 'focusin' ? 100 : 450, target)
  }
  const stop = new AbortController()
  const on = { signal: stop.signal, passive: true }
  document.addEventListener('pointerover', event => { if (event.pointerType !== 'touch') enter(event) }, on)
  document.addEventListener('focusin', enter, on)
  for (const type of ['focusout', 'pointerdown', 'keydown']) document.addEventListener(type, hide, on)
  document.addEventListener('scroll', hide, { ...on, capture: true })
  return () => { stop.abort(); box.remove() }
}

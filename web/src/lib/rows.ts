// Draws only the rows that are in sight, keyed by their own key, so that a moved row is moved and never drawn anew.
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer, type VirtualItem } from '@tanstack/solid-virtual'
import { createComputed, createEffect, createMemo, createSignal, on, onCleanup, onMount, untrack } from 'solid-js'

const endZone = 48 // px from the bottom that still count as the end
const handTime = 1_500 // ms that a scroll may run on after a hand let go (momentum)

export interface RowsOptions {
  /** Keys of all rows in order; read anew when it changes. */
  keys: () => readonly string[]
  scroller: () => HTMLElement | null
  estimate: (index: number) => number
  overscan?: number
  /** 'end': a chat, kept at its bottom; 'start': a list. */
  anchor?: 'start' | 'end'
  paddingStart?: number
  paddingEnd?: number
}
export interface Rows {
  /** Keys in sight. */
  shown: () => string[]
  /** Where a shown row stands; undefined once it left. */
  place: (key: string) => VirtualItem | undefined
  total: () => number
  measure: (element: HTMLElement) => void
  toIndex: (index: number, align?: 'start' | 'center' | 'end' | 'auto') => void
  toEnd: () => void
  atEnd: () => boolean
  /** First and last index in sight, for loading more. */
  range: () => { first: number; last: number }
}

export function createRows(options: RowsOptions): Rows {
  const [version, bump] = createSignal(undefined, { equals: false })
  const settings = () => {
    const keys = options.keys()
    return {
      count: keys.length,
      getItemKey: (index: number) => keys[index] ?? String(index),
      getScrollElement: options.scroller,
      estimateSize: options.estimate,
      overscan: options.overscan ?? 6,
      anchorTo: options.anchor ?? 'start',
      paddingStart: options.paddingStart ?? 0,
      paddingEnd: options.paddingEnd ?? 0,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: (instance: Virtualizer<HTMLElement, HTMLElement>) => {
        instance._willUpdate()
        bump(undefined)
      },
    } as const
  }
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(settings())
  const [pinned, setPinned] = createSignal(options.anchor === 'end')
  const stick = () => {
    const box = options.scroller()
    if (box && pinned()) box.scrollTop = box.scrollHeight
  }
  onMount(() => {
    const unmount = virtualizer._didMount()
    virtualizer._willUpdate()
    bump(undefined)
    onCleanup(unmount)
    const box = options.scroller()
    if (!box || options.anchor !== 'end') return
    // only a person lets go of the end: rows that turn out higher than guessed fire scroll events too
    let byHand = 0
    const hand = () => { byHand = performance.now() }
    const scrolled = () => {
      const away = box.scrollHeight - box.clientHeight - box.scrollTop
      if (away <= endZone) setPinned(true)
      else if (performance.now() - byHand < handTime) setPinned(false)
    }
    for (const sign of ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const) box.addEventListener(sign, hand, { passive: true })
    box.addEventListener('scroll', scrolled, { passive: true })
    const sizes = new ResizeObserver(() => untrack(stick))
    sizes.observe(box)
    onCleanup(() => sizes.disconnect())
  })
  createComputed(() => {
    virtualizer.setOptions(settings())
    virtualizer._willUpdate()
    bump(undefined)
  })
  const items = createMemo(() => {
    version()
    return new Map(virtualizer.getVirtualItems().map(item => [String(item.key), item]))
  })
  const total = createMemo(() => { version(); return virtualizer.getTotalSize() })
  createEffect(on(total, stick))
  return {
    shown: createMemo(() => [...items().keys()], [], { equals: sameKeys }),
    place: key => items().get(key),
    total,
    measure: element => virtualizer.measureElement(element),
    toIndex: (index, align = 'auto') => {
      setPinned(false)
      virtualizer.scrollToIndex(index, { align })
    },
    toEnd: () => {
      setPinned(true)
      virtualizer.scrollToEnd()
    },
    atEnd: pinned,
    range: createMemo(() => {
      const all = [...items().values()]
      return { first: all[0]?.index ?? 0, last: all.at(-1)?.index ?? 0 }
    }, { first: 0, last: 0 }, { equals: (a, b) => a.first === b.first && a.last === b.last }),
  }
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i])
}

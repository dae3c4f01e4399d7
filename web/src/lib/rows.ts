// Draws only the rows that are in sight, keyed by their own key, so that a moved row is moved and never drawn anew.
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer, type VirtualItem } from '@tanstack/solid-virtual'
import { createComputed, createMemo, createSignal, onCleanup, onMount } from 'solid-js'

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
      followOnAppend: options.anchor === 'end',
      scrollEndThreshold: 80,
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
  onMount(() => {
    const unmount = virtualizer._didMount()
    virtualizer._willUpdate()
    bump(undefined)
    onCleanup(unmount)
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
  return {
    shown: createMemo(() => [...items().keys()], [], { equals: sameKeys }),
    place: key => items().get(key),
    total: createMemo(() => { version(); return virtualizer.getTotalSize() }),
    measure: element => virtualizer.measureElement(element),
    toIndex: (index, align = 'auto') => virtualizer.scrollToIndex(index, { align }),
    toEnd: () => virtualizer.scrollToEnd(),
    atEnd: () => { version(); return virtualizer.isAtEnd(80) },
    range: createMemo(() => {
      const all = [...items().values()]
      return { first: all[0]?.index ?? 0, last: all.at(-1)?.index ?? 0 }
    }, { first: 0, last: 0 }, { equals: (a, b) => a.first === b.first && a.last === b.last }),
  }
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i])
}

// The part of a long list of equally high rows that is in sight; costs nothing per row that is not.
import { createMemo, createSignal, onCleanup, onMount, type Accessor } from 'solid-js'

export interface WindowRows {
  first: Accessor<number>
  /** One past the last row in sight. */
  end: Accessor<number>
  /** Scrolls a row into sight, as little as needed. */
  reveal: (index: number) => void
  toTop: () => void
}

const overscan = 6

/** `scroller` must exist when the owner mounts; `height` is one row's, in px. */
export function createWindowRows(scroller: () => HTMLElement, count: Accessor<number>, height: Accessor<number>): WindowRows {
  const [top, setTop] = createSignal(0)
  const [room, setRoom] = createSignal(800)
  onMount(() => {
    const box = scroller()
    const read = () => setTop(box.scrollTop)
    box.addEventListener('scroll', read, { passive: true })
    const sizes = new ResizeObserver(() => setRoom(box.clientHeight))
    sizes.observe(box)
    onCleanup(() => { box.removeEventListener('scroll', read); sizes.disconnect() })
  })
  const first = createMemo(() => Math.max(0, Math.min(count(), Math.floor(top() / height()) - overscan)))
  const end = createMemo(() => Math.min(count(), Math.ceil((top() + room()) / height()) + overscan))
  return {
    first,
    end,
    toTop: () => { scroller().scrollTop = 0 },
    reveal: index => {
      const box = scroller()
      const from = index * height()
      if (from < box.scrollTop) box.scrollTop = from
      else if (from + height() > box.scrollTop + box.clientHeight) box.scrollTop = from + height() - box.clientHeight
    },
  }
}

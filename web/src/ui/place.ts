// Puts a floating box beside its anchor and keeps it inside the window; styles go through the CSSOM, which the CSP allows.

export type Side = 'bottom-start' | 'bottom-end' | 'top-start' | 'right' | 'top'

/** Positions `box` (position: fixed) against `anchor`; flips up or down where there is more room. */
export function place(box: HTMLElement, anchor: Element, side: Side, gap = 6): void {
  const a = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = box
  const below = innerHeight - a.bottom
  let top = a.bottom + gap
  let left = side === 'bottom-end' ? a.right - width : a.left
  if (side === 'right') [top, left] = [a.top + a.height / 2 - height / 2, a.right + gap]
  else if (side.startsWith('top') ? a.top > height + gap : below < height + gap && a.top > below) top = a.top - height - gap
  if (side === 'top') left = a.left + a.width / 2 - width / 2
  box.style.top = `${clamp(top, 8, innerHeight - height - 8)}px`
  box.style.left = `${clamp(left, 8, innerWidth - width - 8)}px`
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}

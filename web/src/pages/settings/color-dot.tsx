// A label's colour as a disc; drawn in SVG because the CSP allows no style attribute in markup.
import type { JSX } from 'solid-js'

export function ColorDot(props: { color: string; size?: number }): JSX.Element {
  return <svg class="color-dot" width={props.size ?? 12} height={props.size ?? 12} viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="6" fill={props.color} /></svg>
}

// Our own stroke icons on a 24 px grid: `<Icon name="inbox" />` is decorative; give `label` where it stands alone.
import type { JSX } from 'solid-js'
import { paths } from './icon-paths.ts'
import './icon.css'

export type IconName = keyof typeof paths

/** Draws one icon; `size` in px (16, 18, 20 or 24). Without `label` it is hidden from screen readers. */
export function Icon(props: { name: IconName; size?: 16 | 18 | 20 | 24; label?: string; class?: string }): JSX.Element {
  return (
    <svg class={`icon ${props.class ?? ''}`} width={props.size ?? 18} height={props.size ?? 18} viewBox="0 0 24 24"
      role={props.label ? 'img' : undefined} aria-label={props.label} aria-hidden={props.label ? undefined : 'true'}>
      <path d={paths[props.name]} />
    </svg>
  )
}

// A short word in colour: a state, a role, a count.
import type { JSX } from 'solid-js'
import './badge.css'

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'info'

/** `dot` puts a small disc before the word; colour never stands alone. */
export function Badge(props: { tone?: Tone; dot?: boolean; children: JSX.Element; class?: string }): JSX.Element {
  return <span class={`badge badge-${props.tone ?? 'neutral'}${props.dot ? ' badge-dot' : ''}${props.class ? ` ${props.class}` : ''}`}>{props.children}</span>
}

/** A count in a disc; nothing when it is 0, "99+" above 99. `label` says what is counted. */
export function CountBadge(props: { count: number; label: string; tone?: 'accent' | 'neutral' }): JSX.Element {
  return <>{props.count > 0 && <span class={`count count-${props.tone ?? 'accent'}`}><span aria-hidden="true">{props.count > 99 ? '99+' : props.count}</span><span class="visually-hidden">{props.count} {props.label}</span></span>}</>
}

// Bars: Meter for a value within limits (a score), ProgressBar for work under way.
import type { JSX } from 'solid-js'
import './meter.css'

/** A value between 0 and `max`, named by `label`; the platform's element carries the role. */
export function Meter(props: { label: string; value: number; max: number; tone?: 'accent' | 'good' | 'warn' }): JSX.Element {
  return <meter class={`meter meter-${props.tone ?? 'accent'}`} aria-label={props.label} min={0} max={props.max} value={props.value} />
}

/** How much is done; without `value` it only says that work is under way. */
export function ProgressBar(props: { label: string; value?: number; max?: number }): JSX.Element {
  return <progress class="progress" aria-label={props.label} max={props.max ?? 1} value={props.value} />
}

// Edits the week's open spans: one line a day, up to three spans a day, copied on with one click.
import { For, Show, type JSX } from 'solid-js'
import type { Studio } from '../../../../src/contract/auth.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Switch } from '../../ui/choice.tsx'
import './opening-hours.css'

type Spans = Studio['opening_hours']
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const usual = { from: 9 * 60, to: 18 * 60 }

/** `spans` hold minutes of the local day (1440: midnight at its end); `onChange` gets the whole week. */
export function OpeningHours(props: { spans: Spans; onChange: (spans: Spans) => void; disabled?: boolean; error?: string }): JSX.Element {
  const of = (day: number) => props.spans.filter(span => span.day === day)
  const set = (day: number, spans: { from: number; to: number }[]) => props.onChange([...props.spans.filter(span => span.day !== day), ...spans.map(span => ({ day, from: span.from, to: span.to }))].sort((a, b) => a.day - b.day || a.from - b.from))
  const change = (day: number, index: number, side: 'from' | 'to', value: string) => set(day, of(day).map((span, at) => (at === index ? { ...span, [side]: minutesOf(value, side) } : span)))
  const add = (day: number) => { const last = of(day).at(-1); set(day, [...of(day), last ? { from: Math.min(last.to + 60, 1380), to: Math.min(last.to + 240, 1440) } : usual]) }
  const copyOn = () => props.onChange(days.flatMap((_name, day) => (day < 5 ? of(0).map(span => ({ ...span, day })) : of(day))))
  return (
    <div class="hours" role="group" aria-label="Opening hours">
      <For each={days}>{(name, day) => (
        <div class="hours-day">
          <Switch label={name} checked={of(day()).length > 0} disabled={props.disabled} onChange={on => set(day(), on ? [usual] : [])} />
          <div class="hours-spans">
            <Show when={of(day()).length} fallback={<span class="faint">Closed</span>}>
              <For each={Array.from({ length: of(day()).length }, (_, index) => index)}>{index => (
                <div class="hours-span">
                  <input class="input" type="time" step={300} required disabled={props.disabled} aria-label={`${name} from`} value={clock(of(day())[index]?.from)} onChange={event => change(day(), index, 'from', event.currentTarget.value)} />
                  <span class="muted">to</span>
                  <input class="input" type="time" step={300} required disabled={props.disabled} aria-label={`${name} until`} aria-invalid={invalid(of(day())[index]) ? 'true' : undefined} value={clock(of(day())[index]?.to)} onChange={event => change(day(), index, 'to', event.currentTarget.value)} />
                  <Show when={!props.disabled && of(day()).length > 1}><IconButton icon="close" size="sm" label={`Remove this span of ${name}`} onClick={() => set(day(), of(day()).filter((_, at) => at !== index))} /></Show>
                </div>
              )}</For>
            </Show>
          </div>
          <div class="hours-tools">
            <Show when={!props.disabled && of(day()).length > 0 && of(day()).length < 3}><IconButton icon="plus" size="sm" label={`Add a span to ${name}`} onClick={() => add(day())} /></Show>
            <Show when={!props.disabled && day() === 0 && of(0).length > 0}><Button size="sm" variant="ghost" icon="copy" onClick={copyOn}>To all weekdays</Button></Show>
          </div>
        </div>
      )}</For>
      <Show when={props.error}><p class="field-error" role="alert">{props.error}</p></Show>
    </div>
  )
}

function clock(minutes: number | undefined): string {
  const value = (minutes ?? 0) % 1440
  return `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`
}

function minutesOf(value: string, side: 'from' | 'to'): number {
  const [hours = 0, minutes = 0] = value.split(':').map(Number)
  const all = hours * 60 + minutes
  return side === 'to' && all === 0 ? 1440 : all // a span that ends at 00:00 ends at midnight
}

function invalid(span: { from: number; to: number } | undefined): boolean {
  return span !== undefined && span.to <= span.from
}

// When a reply should go out: quick choices or an exact time, with the clock on the recipient's wall beside ours.
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import type { Head } from '../../../data/facts.ts'
import { nowByMinute } from '../../../lib/now.ts'
import { timeInZone, zoneCity, zonesOfPhone } from '../../../lib/phone-zones.ts'
import { comingTime, exact } from '../../../lib/times.ts'
import { laterChoices, localInput } from '../../../lib/later.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { TextInput } from '../../../ui/input.tsx'

/** `onChoose` gets the ISO time. */
export default function LaterDialog(props: { head: Head; onClose: () => void; onChoose: (at: string) => void }): JSX.Element {
  const [value, setValue] = createSignal(localInput(laterChoices(Date.now())[0]!.at))
  const at = createMemo(() => new Date(value()).getTime())
  const problem = () => (Number.isNaN(at()) ? 'Choose a day and a time.' : at() <= nowByMinute() ? 'This time is over.' : null)
  const zones = zonesOfPhone(props.head.contact.phone)
  const theirs = () => {
    if (problem() || zones.length === 0) return null
    const [first, last] = [zones[0]!, zones.at(-1)!]
    return zones.length === 1 ? `${timeInZone(at(), first)} where they are (${zoneCity(first)}, by their number)` : `${timeInZone(at(), first)} (${zoneCity(first)}) to ${timeInZone(at(), last)} (${zoneCity(last)}) in their country, by their number`
  }
  const late = () => props.head.window_ends_at !== null && !problem() && at() > Date.parse(props.head.window_ends_at)
  return (
    <Dialog open size="sm" title="Send later" onClose={props.onClose}
      footer={<><Button onClick={() => props.onClose()}>Cancel</Button><Button variant="primary" icon="snooze" disabled={problem() !== null} onClick={() => props.onChoose(new Date(at()).toISOString())}>Send {problem() ? 'later' : comingTime(at(), nowByMinute())}</Button></>}>
      <div class="stack">
        <div class="row" role="group" aria-label="Quick choices"><For each={laterChoices(nowByMinute())}>{choice => <Button size="sm" aria-pressed={value() === localInput(choice.at)} onClick={() => setValue(localInput(choice.at))}>{choice.label}</Button>}</For></div>
        <Field label="Day and time" hint="In your own time" error={problem()}>{control => <TextInput {...control} type="datetime-local" min={localInput(nowByMinute())} value={value()} onValue={setValue} />}</Field>
        <p class="muted" role="status">{theirs() ?? 'Their number does not tell their time zone.'}</p>
        <Show when={late()}><Banner tone="warn">Free replies end {exact(props.head.window_ends_at!)}. Unless they write before, this message will be refused then.</Banner></Show>
        <p class="faint">Their reply does not stop it; cancel it in the conversation.</p>
      </div>
    </Dialog>
  )
}

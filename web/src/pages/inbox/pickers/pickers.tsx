// What Ctrl-K, a, l, s and ? open.
import { useNavigate } from '@solidjs/router'
import { createSignal, For, Match, onCleanup, Switch, type JSX } from 'solid-js'
import type { SearchHits } from '../../../../../src/contract/inbox.ts'
import { api } from '../../../data/api.ts'
import { assign, setLabels, setStatus } from '../../../data/commands.ts'
import { members } from '../../../data/people.ts'
import { headOf, labels } from '../../../data/store.ts'
import { laterChoices, localInput } from '../../../lib/later.ts'
import { nowByMinute } from '../../../lib/now.ts'
import { comingTime } from '../../../lib/times.ts'
import { toggled } from '../../../lib/toggled.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { TextInput } from '../../../ui/input.tsx'
import { Kbd } from '../../../ui/kbd.tsx'
import { type Action, actionsOf } from '../actions.ts'
import { picker, selectedId, setPicker } from '../desk.ts'
import { keyName } from '../keyboard.ts'
import { openConversation } from '../navigation.ts'
import { type Choice, PickDialog } from './pick-dialog.tsx'

export default function Pickers(props: { me: string }): JSX.Element {
  const navigate = useNavigate()
  const actions = actionsOf(navigate, props.me)
  const close = () => { setPicker(null) }
  const head = () => { const id = selectedId(); return id ? headOf(id) : undefined }
  return (
    <Switch>
      <Match when={picker() === 'palette'}><Palette actions={actions} onClose={close} /></Match>
      <Match when={picker() === 'help'}><Help actions={actions} onClose={close} /></Match>
      <Match when={picker() === 'assign' && head()}>{shown => (
        <PickDialog label={`Assign ${shown().contact.name} to`} placeholder="Assign to…" onClose={close} choices={[
          ...members().map((member): Choice => ({ title: member.id === props.me ? `${member.name} (you)` : member.name, hint: member.role, mark: <Avatar id={member.id} name={member.name} size="xs" />, checked: shown().assignee_id === member.id, run: () => void assign(shown().id, member.id, member.id === props.me ? 'you' : member.name) })),
          { title: 'Nobody', icon: 'close', checked: shown().assignee_id === null, run: () => void assign(shown().id, null, null) },
        ]} />
      )}</Match>
      <Match when={picker() === 'labels' && head()}>{shown => (
        <PickDialog label={`Labels of ${shown().contact.name}`} placeholder="Add or remove a label…" empty="No label fits. Labels are made in the settings." onClose={close}
          choices={labels().map((label): Choice => ({ title: label.name, mark: <i style={{ background: label.color }} />, stays: true, checked: shown().labels.includes(label.id), run: () => void setLabels(shown().id, toggled(shown().labels, label.id)) }))} />
      )}</Match>
      <Match when={picker() === 'snooze' && head()}>{shown => <Snooze name={shown().contact.name} onClose={close} onChoose={at => { close(); void setStatus(shown().id, 'snoozed', new Date(at).toISOString()) }} />}</Match>
    </Switch>
  )
}

/** Commands, and from two letters on people and conversations. */
function Palette(props: { actions: readonly Action[]; onClose: () => void }): JSX.Element {
  const navigate = useNavigate()
  const [hits, setHits] = createSignal<SearchHits | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: AbortController | undefined
  onCleanup(() => { clearTimeout(timer); running?.abort() })
  const search = (words: string) => {
    clearTimeout(timer)
    running?.abort()
    setHits(null)
    if (words.trim().length < 2) return
    timer = setTimeout(() => {
      running = new AbortController()
      // a failed search leaves the commands: the palette is still of use without people
      api.get<SearchHits>('/api/search', { q: words.trim(), limit: 8 }, running.signal).then(setHits, () => setHits(null))
    }, 150)
  }
  const choices = (): Choice[] => [
    ...props.actions.filter(action => action.when()).map((action): Choice => ({ title: action.title, group: action.group, keys: action.keys.slice(0, 1).map(keyName), run: action.run })),
    ...['Contacts', 'Knowledge', 'Settings'].map((title): Choice => ({ title: `Go to ${title.toLowerCase()}`, group: 'Go', icon: 'arrow-right', run: () => navigate(`/${title.toLowerCase()}`) })),
    ...(hits()?.contacts ?? []).map((contact): Choice => ({ title: contact.name, hint: contact.match || contact.phone || contact.email || '', group: 'Person', icon: 'user', run: () => (contact.conversation_id ? openConversation(navigate, contact.conversation_id) : navigate(`/contacts/${contact.id}`)) })),
  ]
  return <PickDialog label="All commands" placeholder="What do you want to do, or who do you look for?" choices={choices()} onWords={search} onClose={props.onClose} />
}

function Snooze(props: { name: string; onClose: () => void; onChoose: (at: number) => void }): JSX.Element {
  const [value, setValue] = createSignal(localInput(laterChoices(Date.now()).at(-1)!.at))
  const at = () => new Date(value()).getTime()
  return (
    <PickDialog label={`Snooze ${props.name} until`} placeholder="Snooze until…" onClose={props.onClose} empty="Choose a time below."
      choices={laterChoices(nowByMinute()).map((choice): Choice => ({ title: choice.label, icon: 'snooze', hint: comingTime(choice.at, nowByMinute()), run: () => props.onChoose(choice.at) }))}
      foot={<form class="pick-foot" onSubmit={event => { event.preventDefault(); if (at() > Date.now()) props.onChoose(at()) }}>
        <Field label="Or an exact time" error={at() > nowByMinute() ? null : 'This time is over.'}>{control => <TextInput {...control} type="datetime-local" value={value()} min={localInput(nowByMinute())} onValue={setValue} />}</Field>
        <Button type="submit" variant="primary" disabled={!(at() > nowByMinute())}>Snooze</Button>
      </form>} />
  )
}

function Help(props: { actions: readonly Action[]; onClose: () => void }): JSX.Element {
  const groups = ['Move', 'Answer', 'Sort', 'Look'] as const
  return (
    <Dialog open size="lg" title="Keyboard" description="Everything here works while you are not writing." onClose={props.onClose}>
      <div class="help-groups"><For each={groups}>{group => (
        <section><h3>{group}</h3><dl><For each={props.actions.filter(action => action.group === group && action.keys.length > 0)}>{action => <div><dt>{action.title}</dt><dd><For each={action.keys}>{key => <Kbd>{keyName(key)}</Kbd>}</For></dd></div>}</For></dl></section>
      )}</For>
        <section><h3>While writing</h3><dl>
          <div><dt>Send</dt><dd><Kbd>Enter</Kbd></dd></div><div><dt>New line</dt><dd><Kbd>Shift Enter</Kbd></dd></div><div><dt>Stop writing</dt><dd><Kbd>Esc</Kbd></dd></div><div><dt>Name a colleague in a note</dt><dd><Kbd>@</Kbd></dd></div>
        </dl></section>
      </div>
    </Dialog>
  )
}

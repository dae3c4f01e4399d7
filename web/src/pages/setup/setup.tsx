// The first minutes after signing up: three short steps, each may be skipped, all may be taken up again later.
import { useNavigate, useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import type { Member, Invitation } from '../../../../src/contract/auth.ts'
import type { IntegrationStatus, Knowledge } from '../../../../src/contract/workspace.ts'
import { api, reasonOf } from '../../data/api.ts'
import { can, patchSession, session } from '../../data/session.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { ProgressBar } from '../../ui/meter.tsx'
import { toast } from '../../ui/toast.tsx'
import { ConnectStep } from './connect-step.tsx'
import { InviteStep } from './invite-step.tsx'
import { KnowledgeStep } from './knowledge-step.tsx'
import '../../ui/form-layout.css'
import './setup.css'

const steps = [
  { key: 'connect', title: 'Hear your customers', text: 'Connect WhatsApp, or try with the simulator.' },
  { key: 'knowledge', title: 'Tell the assistant three things', text: 'Prices, the trial class, where you are.' },
  { key: 'invite', title: 'Bring a colleague', text: 'Nobody runs a desk alone.' },
] as const
type Key = (typeof steps)[number]['key']

/** What is done is read from the studio itself, so a broken-off set-up goes on where it stood. */
interface Progress { status: IntegrationStatus; knowledge: Knowledge[]; company: number }

export default function Setup(): JSX.Element {
  document.title = 'Set up · Studio OS'
  return (
    <div class="setup">
      <Show when={can('integrations.write')} fallback={<EmptyState page drawing="calm" title="An owner or admin sets the studio up" text="You can work in the inbox already." />}><Started /></Show>
    </div>
  )
}

function Started(): JSX.Element {
  const progress = createLoad<Progress>(async () => {
    const [status, knowledge, members, invitations] = await Promise.all([
      api.get<IntegrationStatus>('/api/integrations/status'),
      api.get<Knowledge[]>('/api/knowledge', { per_page: 100 }),
      api.get<Member[]>('/api/members'),
      api.get<Invitation[]>('/api/invitations'),
    ])
    return { status, knowledge, company: members.length - 1 + invitations.length }
  })
  return <Loaded of={progress} what="the set-up">{data => <Steps progress={data()} reload={progress.reload} />}</Loaded>
}

function Steps(props: { progress: Progress; reload: () => Promise<void> }): JSX.Element {
  const navigate = useNavigate()
  const [query, setQuery] = useSearchParams<{ step?: string }>()
  const done = (): Record<Key, boolean> => ({ connect: props.progress.status.integrations.some(one => one.is_active), knowledge: props.progress.knowledge.length >= 3, invite: props.progress.company > 0 })
  const [skipped, setSkipped] = createSignal<readonly Key[]>([])
  const asked = () => steps.find(step => step.key === query.step)?.key
  const at = (): Key => asked() ?? steps.find(step => !done()[step.key])?.key ?? 'invite'
  const go = (key: Key) => setQuery({ step: key })
  createEffect(() => { if (!asked()) setQuery({ step: at() }, { replace: true }) })
  const finish = async () => {
    try {
      await api.patch('/api/studio', { setup_done: true })
      patchSession(me => ({ ...me, studio: { ...me.studio, setup_done: true } }))
      navigate('/inbox')
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
  }
  const next = (skip: boolean) => {
    if (skip) setSkipped([...skipped(), at()])
    const following = steps[steps.findIndex(step => step.key === at()) + 1]
    if (following) go(following.key)
    else void finish()
  }
  const count = () => steps.filter(step => done()[step.key]).length
  return (
    <>
      <header class="setup-head">
        <h1>Welcome, {session()?.user.name.split(' ')[0]}</h1>
        <p class="muted">Three steps and {session()?.studio.name} is ready. You can leave at any time and go on later.</p>
        <ProgressBar label={`${count()} of 3 steps done`} value={count()} max={3} />
      </header>
      <ol role="list" class="setup-steps">
        <For each={steps}>{(step, index) => (
          <li class="setup-step" classList={{ 'setup-open': at() === step.key, 'setup-done': done()[step.key] }}>
            <h2>
              <button type="button" aria-expanded={at() === step.key} onClick={() => go(step.key)}>
                <span class="setup-number" aria-hidden="true"><Show when={done()[step.key]} fallback={index() + 1}><Icon name="check" size={16} /></Show></span>
                <span><strong>{step.title}</strong><small>{done()[step.key] ? 'Done' : skipped().includes(step.key) ? 'Skipped for now' : step.text}</small></span>
              </button>
            </h2>
            <Show when={at() === step.key}>
              <div class="setup-body">
                <Switch>
                  <Match when={step.key === 'connect'}><ConnectStep status={props.progress.status} reload={props.reload} /></Match>
                  <Match when={step.key === 'knowledge'}><KnowledgeStep known={props.progress.knowledge} reload={props.reload} /></Match>
                  <Match when={step.key === 'invite'}><InviteStep company={props.progress.company} reload={props.reload} /></Match>
                </Switch>
                <footer class="form-actions form-actions-end">
                  <Show when={!done()[step.key]}><Button variant="ghost" onClick={() => next(true)}>Skip for now</Button></Show>
                  <Button variant={done()[step.key] ? 'primary' : 'secondary'} disabled={!done()[step.key]} onClick={() => next(false)}>{index() === 2 ? 'To the inbox' : 'Go on'}</Button>
                </footer>
              </div>
            </Show>
          </li>
        )}</For>
      </ol>
      <p class="setup-leave"><Button variant="ghost" onClick={() => void finish()}>Leave the set-up and go to the inbox</Button></p>
    </>
  )
}

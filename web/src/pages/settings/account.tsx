// My own login: name, address, password, and where I am logged in.
import { createSignal, For, Show, type JSX } from 'solid-js'
import type { Me, Session } from '../../../../src/contract/auth.ts'
import { api, reasonOf } from '../../data/api.ts'
import { patchSession, session } from '../../data/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { askConfirm } from '../../ui/confirm.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { Icon } from '../../ui/icon.tsx'
import { TextInput } from '../../ui/input.tsx'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { deviceOf } from './device.ts'
import './labels.css'

export default function Account(): JSX.Element {
  const sessions = createLoad(() => api.get<Session[]>('/api/auth/sessions'))
  return (
    <>
      <PageHeader title="Account" text="Your login, for all studios you work at." />
      <div class="settings-stack">
        <Profile />
        <Password onChanged={() => void sessions.reload()} />
        <Loaded of={sessions} what="your sessions">{list => <Sessions list={list()} reload={sessions.reload} />}</Loaded>
      </div>
    </>
  )
}

function Profile(): JSX.Element {
  const [asked, setAsked] = createSignal(false)
  const form = createForm({ name: session()?.user.name ?? '' }, async values => {
    const me = await api.patch<Me>('/api/auth/me', values)
    patchSession(() => me)
    toast({ text: 'Saved', tone: 'good' })
  })
  const verify = async () => {
    try {
      await api.post('/api/auth/verify-email/request')
      setAsked(true)
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
  }
  return (
    <form onSubmit={form.onSubmit}>
      <Card title="Profile" footer={<Button type="submit" variant="primary" busy={form.busy()} disabled={!form.dirty()}>Save</Button>}>
        <div class="form-2">
          <Field label="Name" required error={form.error('name') ?? form.failure()}>{control => <TextInput {...control} autocomplete="name" maxLength={80} value={form.values.name} onValue={value => form.set('name', value)} />}</Field>
          <Field label="E-mail">{control => <TextInput {...control} readOnly value={session()?.user.email ?? ''} />}</Field>
        </div>
        <Show when={session()?.user.email_verified === false}>
          <Banner tone={asked() ? 'good' : 'warn'} live action={<Show when={!asked()}><Button size="sm" onClick={() => void verify()}>Send a link</Button></Show>}>{asked() ? 'A link is on its way to you.' : 'This address is not confirmed yet.'}</Banner>
        </Show>
      </Card>
    </form>
  )
}

function Password(props: { onChanged: () => void }): JSX.Element {
  const form = createForm({ current_password: '', new_password: '' }, async values => {
    await api.put('/api/auth/password', values)
    toast({ text: 'Password changed; your other sessions have ended', tone: 'good' })
    form.reset({ current_password: '', new_password: '' })
    props.onChanged()
  })
  return (
    <form onSubmit={form.onSubmit}>
      <Card title="Password" text="Changing it ends all your other sessions." footer={<Button type="submit" variant="primary" busy={form.busy()} disabled={!form.dirty()}>Change the password</Button>}>
        <Show when={form.failure()}><Banner tone="bad" live>{form.failure()}</Banner></Show>
        <input type="text" class="visually-hidden" autocomplete="username" value={session()?.user.email ?? ''} readOnly tabIndex={-1} aria-hidden="true" />
        <div class="form-2">
          <Field label="Your password now" required error={form.error('current_password')}>{control => <PasswordInput control={control} name="current" value={form.values.current_password} onValue={value => form.set('current_password', value)} />}</Field>
          <Field label="New password" required error={form.error('new_password')} hint="At least 10 characters.">{control => <PasswordInput control={control} fresh name="new" value={form.values.new_password} onValue={value => form.set('new_password', value)} />}</Field>
        </div>
      </Card>
    </form>
  )
}

function Sessions(props: { list: Session[]; reload: () => Promise<void> }): JSX.Element {
  const end = async (path: string, words: string) => {
    try {
      await api.del(path)
      toast({ text: words })
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
    await props.reload()
  }
  const endOthers = async () => {
    if (await askConfirm({ title: 'End all other sessions?', text: 'Every other browser and phone has to log in again.', confirm: 'End them' })) await end('/api/auth/sessions', 'All other sessions have ended')
  }
  return (
    <Card title="Where you are logged in" aside={<Show when={props.list.length > 1}><Button size="sm" onClick={() => void endOthers()}>End all others</Button></Show>}>
      <ul role="list" class="lines">
        <For each={props.list}>{one => (
          <li class="line">
            <Icon name="monitor" />
            <span class="line-main"><span>{deviceOf(one.user_agent)} <Show when={one.current}><Badge tone="good">this one</Badge></Show></span><span class="faint">seen <Time at={one.seen_at} />, since <Time at={one.created_at} only="date" /></span></span>
            <Show when={!one.current}><Button size="sm" aria-label={`End the session of ${deviceOf(one.user_agent)}`} onClick={() => void end(`/api/auth/sessions/${one.id}`, 'The session has ended')}>End</Button></Show>
          </li>
        )}</For>
      </ul>
    </Card>
  )
}

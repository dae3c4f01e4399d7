// Accepts an invitation: with a new login, or with the one the person already has.
import { useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, Show, type JSX } from 'solid-js'
import type { InvitationSeen } from '../../../../src/contract/auth.ts'
import { api, ApiError } from '../../data/api.ts'
import { loadSession } from '../../data/session.ts'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextInput } from '../../ui/input.tsx'
import { Link } from '../../ui/link.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { roleWords } from '../settings/role-words.ts'
import { Tabs } from '../../ui/tabs.tsx'

export default function Invite(): JSX.Element {
  const [query] = useSearchParams<{ token?: string }>()
  const seen = createLoad(() => api.post<InvitationSeen>('/api/invitations/look', { token: query.token }))
  const gone = () => { const error = seen.error(); return error instanceof ApiError && [404, 409, 410, 422].includes(error.status) }
  const title = () => (query.token && seen.data() ? `Join ${seen.data()?.studio_name}` : 'Your invitation')
  return (
    <PublicFrame title={title()} footer={<Link href="/login">I only want to log in</Link>}>
      <Show when={query.token} fallback={<Banner tone="warn" title="This link is not whole.">Ask the person who invited you to copy it again.</Banner>}>
        <Show when={!gone()} fallback={<Banner tone="warn" title="This invitation no longer works.">It was used, withdrawn, or has ended. Ask for a new one.</Banner>}><Loaded of={seen} what="the invitation">{invitation => <Accept token={query.token ?? ''} seen={invitation()} />}</Loaded></Show>
      </Show>
    </PublicFrame>
  )
}

function Accept(props: { token: string; seen: InvitationSeen }): JSX.Element {
  const navigate = useNavigate()
  const [kind, setKind] = createSignal<'new' | 'known'>(props.seen.has_login ? 'known' : 'new')
  const form = createForm({ name: '', email: props.seen.email ?? '', password: '' }, async values => {
    await api.post('/api/invitations/accept', {
      token: props.token,
      password: values.password,
      ...(values.email.trim() ? { email: values.email } : {}),
      ...(kind() === 'new' ? { name: values.name } : {}),
      client: 'web',
    })
    await loadSession()
    navigate('/inbox', { replace: true })
  })
  const fields = () => (
    <form class="form" onSubmit={form.onSubmit}>
      <Show when={form.failure() ?? form.error('token')}>{words => <Banner tone="bad" live>{words()}</Banner>}</Show>
      <Show when={kind() === 'new'}>
        <Field label="Your name" required error={form.error('name')}>{control => <TextInput {...control} name="name" autocomplete="name" maxLength={80} value={form.values.name} onValue={value => form.set('name', value)} />}</Field>
      </Show>
      <Field label="E-mail" required error={form.error('email')} hint={props.seen.email ? 'The invitation was made for this address.' : undefined}>{control => <TextInput {...control} type="email" name="email" autocomplete="username" readOnly={props.seen.email !== null} value={form.values.email} onValue={value => form.set('email', value)} />}</Field>
      <Field label={kind() === 'new' ? 'Choose a password' : 'Your password'} required error={form.error('password')} hint={kind() === 'new' ? 'At least 10 characters.' : undefined}>{control => <PasswordInput control={control} fresh={kind() === 'new'} value={form.values.password} onValue={value => form.set('password', value)} />}</Field>
      <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>Join {props.seen.studio_name}</Button>
    </form>
  )
  return (
    <>
      <p class="row">You join as <Badge tone="accent">{roleWords[props.seen.role].title}</Badge></p>
      <p class="muted">{roleWords[props.seen.role].text}</p>
      <Show when={!props.seen.email} fallback={fields()}>
        <Tabs label="How to join" value={kind()} onChange={setKind} tabs={[{ value: 'new', label: 'I am new here' }, { value: 'known', label: 'I have a login' }]}>{fields()}</Tabs>
      </Show>
    </>
  )
}

// Open invitations, and the dialog that makes one: by e-mail or as a link to hand on.
import { createSignal, For, Show, type JSX } from 'solid-js'
import type { Invitation } from '../../../../src/contract/auth.ts'
import { grantableBy, type Role } from '../../../../src/contract/policy.ts'
import { api, reasonOf } from '../../data/api.ts'
import { session } from '../../data/session.ts'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { RadioGroup } from '../../ui/choice.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextInput } from '../../ui/input.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { roleWords } from './role-words.ts'

export function Invitations(props: { list: Invitation[]; reload: () => Promise<void> }): JSX.Element {
  const [inviting, setInviting] = createSignal(false)
  const withdraw = async (invitation: Invitation) => {
    try {
      await api.del(`/api/invitations/${invitation.id}`)
      toast({ text: 'The invitation no longer works' })
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
    await props.reload()
  }
  return (
    <Card title="Invitations" text="A link works once and then ends." aside={<Button icon="user-plus" variant="primary" onClick={() => setInviting(true)}>Invite</Button>}>
      <Show when={props.list.length} fallback={<p class="muted">Nobody is invited right now.</p>}>
        <ul role="list" class="people">
          <For each={props.list}>{invitation => (
            <li class="person">
              <div class="person-who"><strong class="truncate">{invitation.email ?? 'Anyone with the link'}</strong><span class="muted">by {invitation.invited_by}, ends <Time at={invitation.expires_at} only="date" /></span></div>
              <Badge>{roleWords[invitation.role].title}</Badge>
              <IconButton icon="trash" size="sm" label={`Withdraw the invitation for ${invitation.email ?? 'the link'}`} onClick={() => void withdraw(invitation)} />
            </li>
          )}</For>
        </ul>
      </Show>
      <InviteDialog open={inviting()} onClose={() => setInviting(false)} onMade={() => void props.reload()} />
    </Card>
  )
}

/** Makes an invitation and shows its link once: the server does not give it out again. */
export function InviteDialog(props: { open: boolean; onClose: () => void; onMade?: () => void }): JSX.Element {
  return <Show when={props.open}><InviteForm {...props} /></Show>
}

function InviteForm(props: { onClose: () => void; onMade?: () => void }): JSX.Element {
  const [made, setMade] = createSignal<Invitation | null>(null)
  const form = createForm<{ email: string; role: Exclude<Role, 'owner'> }>({ email: '', role: 'agent' }, async ({ email, role }) => {
    setMade(await api.post<Invitation>('/api/invitations', { role, ...(email.trim() ? { email } : {}) }))
    props.onMade?.()
  })
  const roles = () => grantableBy(session()?.user.role ?? 'viewer').filter(role => role !== 'owner')
  return (
    <Dialog open onClose={props.onClose} onSubmit={form.onSubmit} title={made() ? 'The invitation is ready' : 'Invite a colleague'}
      footer={made() ? <Button variant="primary" onClick={props.onClose}>Done</Button> : <><Button onClick={props.onClose}>Cancel</Button><Button type="submit" variant="primary" busy={form.busy()}>Make the invitation</Button></>}>
      <Show when={made()} fallback={
        <div class="form">
          <Show when={form.failure()}><Banner tone="bad" live>{form.failure()}</Banner></Show>
          <Field label="E-mail" optional hint="With an address it is mailed and only works for it. Without one you get a link to hand on." error={form.error('email')}>{control => <TextInput {...control} type="email" autofocus autocomplete="off" value={form.values.email} onValue={value => form.set('email', value)} />}</Field>
          <RadioGroup label="Role" cards value={form.values.role} onChange={role => form.set('role', role)} options={roles().map(role => ({ value: role, label: roleWords[role].title, hint: roleWords[role].text }))} />
        </div>
      }>{invitation => (
        <div class="form">
          <Show when={invitation().url} fallback={<Banner tone="good">It is on its way to {invitation().email}.</Banner>}>{url => <CopyField label="Link" value={url()} hint="Shown only now: copy it before you close this." />}</Show>
        </div>
      )}</Show>
    </Dialog>
  )
}

// Who works here, what each may do, and who is invited.
import { For, Show, type JSX } from 'solid-js'
import type { Invitation, Member } from '../../../../src/contract/auth.ts'
import { grantableBy, type Role } from '../../../../src/contract/policy.ts'
import { api, reasonOf } from '../../data/api.ts'
import { can, loadSession, session } from '../../data/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { askConfirm } from '../../ui/confirm.tsx'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Select } from '../../ui/select.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { Invitations } from './invitations.tsx'
import { roleWords } from './role-words.ts'
import './members.css'

export default function Members(): JSX.Element {
  const members = createLoad(() => api.get<Member[]>('/api/members'))
  const invitations = createLoad(() => (can('members.write') ? api.get<Invitation[]>('/api/invitations') : Promise.resolve([])))
  const changeRole = async (member: Member, role: Role) => {
    const before = member.role // the row itself changes when the list is read again
    try {
      await api.patch(`/api/members/${member.id}`, { role })
      toast({ text: `${member.name} is now ${roleWords[role].title.toLowerCase()}`, tone: 'good', action: { label: 'Undo', run: () => void changeRole(member, before) } })
      if (member.id === session()?.user.member_id) await loadSession()
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
    await members.reload()
  }
  const remove = async (member: Member) => {
    const yes = await askConfirm({ title: `Remove ${member.name}?`, text: 'Their sessions at this studio end at once.', lost: ['Access to this studio', 'Conversations assigned to them become unassigned'], kept: ['Everything they wrote, under their name', 'Their login, for other studios'], confirm: 'Remove' })
    if (!yes) return
    try {
      await api.del(`/api/members/${member.id}`)
      toast({ text: `${member.name} was removed` })
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
    await members.reload()
  }
  return (
    <>
      <PageHeader title="Members" text="Everyone has a login of their own, so that every word has an author." />
      <div class="settings-stack">
        <Loaded of={members} what="the members">{list => (
          <ul role="list" class="people">
            <For each={list()}>{member => <Person member={member} owners={list().filter(one => one.role === 'owner').length} changeRole={role => void changeRole(member, role)} remove={() => void remove(member)} />}</For>
          </ul>
        )}</Loaded>
        <Show when={can('members.write')}><Loaded of={invitations} what="the invitations">{list => <Invitations list={list()} reload={invitations.reload} />}</Loaded></Show>
        <Card title="What each role may do">
          <dl class="roles"><For each={Object.values(roleWords)}>{role => <div><dt>{role.title}</dt><dd>{role.text}</dd></div>}</For></dl>
        </Card>
      </div>
    </>
  )
}

function Person(props: { member: Member; owners: number; changeRole: (role: Role) => void; remove: () => void }): JSX.Element {
  const mine = () => session()?.user
  const self = () => props.member.id === mine()?.member_id
  const grantable = () => (mine() ? grantableBy(mine()!.role) : [])
  const lastOwner = () => props.member.role === 'owner' && props.owners < 2
  const open = () => can('members.write') && grantable().includes(props.member.role) && !lastOwner()
  return (
    <li class="person">
      <Avatar id={props.member.user_id} name={props.member.name} />
      <div class="person-who"><strong class="truncate">{props.member.name}<Show when={self()}> <Badge>you</Badge></Show></strong><span class="muted truncate">{props.member.email}</span></div>
      <span class="faint person-since">since <Time at={props.member.created_at} only="date" /></span>
      <Show when={open()} fallback={<Badge tone={props.member.role === 'owner' ? 'accent' : 'neutral'}>{roleWords[props.member.role].title}</Badge>}>
        <Select small aria-label={`Role of ${props.member.name}`} options={grantable().map(role => ({ value: role, label: roleWords[role].title }))} value={props.member.role} onValue={props.changeRole} />
      </Show>
      <Show when={open()} fallback={<span class="person-gap" />}><IconButton icon="trash" size="sm" label={self() ? 'Leave the studio' : `Remove ${props.member.name}`} onClick={props.remove} /></Show>
    </li>
  )
}

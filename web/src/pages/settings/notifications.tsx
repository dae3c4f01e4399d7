// How this browser tells of new messages; kept in this browser, read by the inbox.
import { createSignal, Match, Switch as Choose, type JSX } from 'solid-js'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Switch } from '../../ui/choice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'

type Kind = 'desktop' | 'sound' | 'badge'
const keyOf = (kind: Kind) => `notify.${kind}`

export default function Notifications(): JSX.Element {
  const [permission, setPermission] = createSignal<NotificationPermission | 'none'>('Notification' in window ? Notification.permission : 'none')
  return (
    <>
      <PageHeader title="Notifications" text="For this browser only: your phone and your desk can differ." />
      <Card>
        <Toggle kind="desktop" label="Desktop notifications" hint="When a person writes and Studio OS is not in front." before={async () => {
          if (permission() === 'default') setPermission(await Notification.requestPermission())
          return permission() === 'granted'
        }} />
        <Choose>
          <Match when={permission() === 'denied'}><Banner tone="warn">Your browser blocks notifications of this site. Allow them by the sign beside the address, then switch this on again.</Banner></Match>
          <Match when={permission() === 'none'}><Banner>This browser has no desktop notifications.</Banner></Match>
        </Choose>
        <Toggle kind="sound" label="A short sound" hint="One soft tone for a new message." />
        <Toggle kind="badge" label="Unread count in the tab’s title" hint="(3) Inbox" />
        <Trial permitted={permission() === 'granted'} />
      </Card>
    </>
  )
}

function Toggle(props: { kind: Kind; label: string; hint: string; before?: () => Promise<boolean> }): JSX.Element {
  const [on, setOn] = createSignal(localStorage.getItem(keyOf(props.kind)) === 'on')
  const change = async (wanted: boolean) => {
    const next = wanted && props.before ? await props.before() : wanted
    localStorage.setItem(keyOf(props.kind), next ? 'on' : 'off')
    setOn(!next) // a refused switch has to jump back, although its signal did not change
    setOn(next)
  }
  return <Switch label={props.label} hint={props.hint} checked={on()} onChange={wanted => void change(wanted)} />
}

function Trial(props: { permitted: boolean }): JSX.Element {
  const show = () => new Notification('Studio OS', { body: 'This is how a new message announces itself.', icon: '/favicon.svg' })
  return <div><Button size="sm" icon="bell" disabled={!props.permitted} onClick={show}>Show one</Button></div>
}

// A line across a page or card: something to know, to mind or to mend.
import { Show, type JSX } from 'solid-js'
import { Icon, type IconName } from './icon.tsx'
import './banner.css'
import { Slot } from './slot.tsx'

const icons: Record<'info' | 'good' | 'warn' | 'bad', IconName> = { info: 'info', good: 'circle-check', warn: 'warning', bad: 'warning' }

/** `live` announces it when it appears; `action` stands at the end. */
export function Banner(props: { tone?: 'info' | 'good' | 'warn' | 'bad'; title?: string; children?: JSX.Element; action?: JSX.Element; icon?: IconName; live?: boolean }): JSX.Element {
  const tone = () => props.tone ?? 'info'
  return (
    <div class={`banner banner-${tone()}`} role={props.live ? (tone() === 'bad' ? 'alert' : 'status') : undefined}>
      <Icon name={props.icon ?? icons[tone()]} />
      <div class="banner-text"><Show when={props.title}><strong>{props.title}</strong> </Show>{props.children}</div>
      <Slot of={props.action}>{action => <div class="banner-action">{action()}</div>}</Slot>
    </div>
  )
}

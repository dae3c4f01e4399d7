// The way around: a rail at the left, icons only on a narrow window, a bar at the bottom of a phone.
import { A } from '@solidjs/router'
import { For, Show, type JSX } from 'solid-js'
import { CountBadge } from '../ui/badge.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { AccountMenu } from './account-menu.tsx'
import { can, session } from '../data/session.ts'
import { inboxUnread, lineState } from './slots.ts'
import { StudioMenu } from './studio-menu.tsx'
import './rail.css'

const places: { href: string; label: string; icon: IconName }[] = [
  { href: '/inbox', label: 'Inbox', icon: 'inbox' },
  { href: '/contacts', label: 'Contacts', icon: 'contacts' },
  { href: '/knowledge', label: 'Knowledge', icon: 'book' },
  { href: '/settings', label: 'Settings', icon: 'settings' },
]

export function Rail(): JSX.Element {
  return (
    <header class="rail" data-tip-side="right">
      <StudioMenu />
      <nav class="rail-nav" aria-label="Main">
        <For each={places}>{place => (
          <A href={place.href} class="rail-link" activeClass="rail-active">
            <Icon name={place.icon} size={20} /><span class="rail-label">{place.label}</span>
            <Show when={place.href === '/inbox'}><CountBadge count={inboxUnread()} label="unread" /></Show>
          </A>
        )}</For>
        <Show when={session()?.studio.setup_done === false && can('integrations.write')}>
          <A href="/setup" class="rail-link rail-setup" activeClass="rail-active"><Icon name="sparkle" size={20} /><span class="rail-label">Finish the set-up</span></A>
        </Show>
      </nav>
      <div class="rail-foot">
        <div role="status">
          <Show when={lineState()}>{line => (
            <p class={`rail-line rail-line-${line().tone}`} data-tip={line().detail ?? line().text}><i aria-hidden="true" /><span class="rail-label">{line().text}</span></p>
          )}</Show>
        </div>
        <AccountMenu />
      </div>
    </header>
  )
}

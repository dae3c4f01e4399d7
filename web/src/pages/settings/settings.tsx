// The frame of the settings: its own list of pages, showing only what the role opens.
import { A, useLocation, type RouteSectionProps } from '@solidjs/router'
import { createEffect, For, on, Show, Suspense, type JSX } from 'solid-js'
import type { Permission } from '../../../../src/contract/policy.ts'
import { can } from '../../data/session.ts'
import { PageLoading } from '../../shell/page-loading.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import '../../ui/form-layout.css'
import './settings.css'

interface Place { href: string; label: string; icon: IconName; needs?: Permission }
const groups: { title: string; places: Place[] }[] = [
  { title: 'Studio', places: [
    { href: '/settings/studio', label: 'Studio', icon: 'studio' },
    { href: '/settings/members', label: 'Members', icon: 'contacts' },
    { href: '/settings/connections', label: 'Connections', icon: 'plug', needs: 'integrations.read' },
  ] },
  { title: 'Inbox', places: [
    { href: '/settings/templates', label: 'Templates', icon: 'template' },
    { href: '/settings/labels', label: 'Labels and snippets', icon: 'tag' },
    { href: '/settings/assistant', label: 'Assistant', icon: 'sparkle', needs: 'assistant.use' },
  ] },
  { title: 'Me', places: [
    { href: '/settings/account', label: 'Account', icon: 'user' },
    { href: '/settings/notifications', label: 'Notifications', icon: 'bell' },
  ] },
  { title: 'Under the floor', places: [
    { href: '/settings/jobs', label: 'Jobs', icon: 'wait', needs: 'jobs.read' },
    { href: '/settings/audit', label: 'Audit', icon: 'list', needs: 'audit.read' },
  ] },
]

export default function Settings(props: RouteSectionProps): JSX.Element {
  const location = useLocation()
  let nav!: HTMLElement
  // on a phone the list is one line that scrolls: the open page has to be in sight
  createEffect(on(() => location.pathname, () => queueMicrotask(() => nav.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' }))))
  return (
    <div class="settings">
      <nav ref={nav} class="settings-nav" aria-label="Settings">
        <For each={groups}>{group => (
          <Show when={group.places.some(opens)}>
            <div class="settings-group">
              <p>{group.title}</p>
              <For each={group.places.filter(opens)}>{place => <A href={place.href} class="settings-link" activeClass="settings-active"><Icon name={place.icon} />{place.label}</A>}</For>
            </div>
          </Show>
        )}</For>
        <div class="settings-group"><p>For developers</p><a class="settings-link" href="/api/docs" target="_blank" rel="noopener"><Icon name="external" />API reference</a></div>
      </nav>
      <div class="settings-page"><Suspense fallback={<PageLoading />}>{props.children}</Suspense></div>
    </div>
  )
}

function opens(place: Place): boolean {
  return !place.needs || can(place.needs)
}

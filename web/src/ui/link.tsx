// Text links: inside the app through the router, outside in a new tab.
import { A } from '@solidjs/router'
import { Show, type JSX } from 'solid-js'
import { Icon } from './icon.tsx'
import './link.css'

/** A link in running text. `external` opens a new tab and shows it. */
export function Link(props: { href: string; external?: boolean; quiet?: boolean; class?: string; children: JSX.Element }): JSX.Element {
  const looks = () => `link${props.quiet ? ' link-quiet' : ''}${props.class ? ` ${props.class}` : ''}`
  return (
    <Show when={props.external} fallback={<A href={props.href} class={looks()}>{props.children}</A>}>
      <a href={props.href} target="_blank" rel="noopener noreferrer" class={looks()}>{props.children}<Icon name="external" size={16} label="opens a new tab" /></a>
    </Show>
  )
}

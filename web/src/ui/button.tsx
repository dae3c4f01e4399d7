// Buttons, and links that look like buttons.
import { A } from '@solidjs/router'
import { Show, splitProps, type JSX } from 'solid-js'
import { Icon, type IconName } from './icon.tsx'
import { Spinner } from './spinner.tsx'
import './button.css'

interface Looks {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger'
  size?: 'sm' | 'md' | 'lg'
  icon?: IconName
  /** Fills the line of its parent. */
  wide?: boolean
}
const looks = ['variant', 'size', 'icon', 'wide', 'class', 'children'] as const

/** A button of type "button" unless told otherwise. `busy` shows a spinner and holds further clicks. */
export function Button(props: Looks & { busy?: boolean } & JSX.ButtonHTMLAttributes<HTMLButtonElement>): JSX.Element {
  const [own, rest] = splitProps(props, [...looks, 'busy', 'disabled'])
  return (
    <button type="button" {...rest} class={classOf(own)} disabled={own.disabled || own.busy} aria-busy={own.busy || undefined}>
      <Show when={own.busy} fallback={<Show when={own.icon}>{name => <Icon name={name()} />}</Show>}><Spinner size="sm" /></Show>
      {own.children}
    </button>
  )
}

/** A route of ours drawn as a button; `external` leaves the app (API pages, the simulator) in a new tab. */
export function ButtonLink(props: Looks & { href: string; external?: boolean; class?: string; children: JSX.Element }): JSX.Element {
  const content = () => <><Show when={props.icon}>{name => <Icon name={name()} />}</Show>{props.children}</>
  return (
    <Show when={props.external} fallback={<A href={props.href} class={classOf(props)}>{content()}</A>}>
      <a href={props.href} target="_blank" rel="noopener" class={classOf(props)}>{content()}</a>
    </Show>
  )
}

/** A square button with an icon; `label` is its name and its tooltip, `keys` the shortcut shown there. */
export function IconButton(props: { icon: IconName; label: string; keys?: string; size?: 'sm' | 'md' | 'lg'; variant?: Looks['variant']; busy?: boolean; plainTip?: boolean } & JSX.ButtonHTMLAttributes<HTMLButtonElement>): JSX.Element {
  const [own, rest] = splitProps(props, ['icon', 'label', 'keys', 'size', 'variant', 'busy', 'class', 'disabled', 'plainTip'])
  return (
    <button type="button" {...rest} class={`${classOf({ ...own, variant: own.variant ?? 'ghost' })} btn-icon`} disabled={own.disabled || own.busy}
      aria-label={own.label} data-tip={own.plainTip ? undefined : own.label} data-tip-keys={own.keys}>
      <Show when={own.busy} fallback={<Icon name={own.icon} />}><Spinner size="sm" /></Show>
    </button>
  )
}

function classOf(own: Looks & { class?: string }): string {
  return `btn btn-${own.variant ?? 'secondary'} btn-${own.size ?? 'md'}${own.wide ? ' btn-wide' : ''}${own.class ? ` ${own.class}` : ''}`
}

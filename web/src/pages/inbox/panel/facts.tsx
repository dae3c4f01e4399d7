// Where the person can be reached, their other conversations, where they came from, and what changed over time.
import { For, Show, type JSX } from 'solid-js'
import type { ContactDetail } from '../../../../../src/contract/inbox.ts'
import { channelIcon, channelLabel, isChannel } from '../../../data/channels.ts'
import { memberName } from '../../../data/people.ts'
import { nowByMinute } from '../../../lib/now.ts'
import { exact, listTime } from '../../../lib/times.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { heatNames, stageNames } from './stage.tsx'
import { Section } from './section.tsx'

export function Identities(props: { contact: ContactDetail }): JSX.Element {
  const touch = () => Object.entries(props.contact.first_touch ?? {}).flatMap(([name, value]) => (typeof value === 'string' && value ? [{ name, value }] : []))
  // one address may stand under several of the provider's keys
  const addresses = () => [...new Map(props.contact.identities.map(each => [`${each.channel} ${each.display}`, each])).values()]
  const source = () => (isChannel(props.contact.source) ? channelLabel(props.contact.source) : props.contact.source || 'an unknown way')
  return (
    <Section title="Reached at">
      <ul role="list" class="panel-list"><For each={addresses()} fallback={<li class="faint">No address yet.</li>}>{identity => (
        <li><Icon name={channelIcon(identity.channel)} label={channelLabel(identity.channel)} /><span class="truncate">{identity.display}</span><Show when={identity.verified}><span data-tip="They wrote from it"><Icon name="circle-check" size={16} label="They wrote from it" class="panel-good" /></span></Show></li>
      )}</For></ul>
      <p class="faint">First came by {source()}, {exact(props.contact.created_at)}.</p>
      <Show when={touch().length > 0}><dl class="panel-touch"><For each={touch().slice(0, 4)}>{each => <><dt>{each.name.replaceAll('_', ' ')}</dt><dd class="truncate">{each.value}</dd></>}</For></dl></Show>
    </Section>
  )
}

export function OtherConversations(props: { contact: ContactDetail; current: string; title?: string; onOpen: (id: string) => void }): JSX.Element {
  const others = () => props.contact.conversations.filter(each => each.id !== props.current)
  return (
    <Show when={others().length > 0}>
      <Section title={props.title ?? 'Other conversations'}>
        <ul role="list" class="panel-list"><For each={others()}>{each => (
          <li><button type="button" class="panel-conversation" onClick={() => props.onOpen(each.id)}><Icon name={channelIcon(each.channel)} label={channelLabel(each.channel)} /><span class="truncate">{each.preview}</span><Show when={each.status !== 'open'}><Badge>{each.status}</Badge></Show><time class="faint">{listTime(each.last_message_at, nowByMinute())}</time></button></li>
        )}</For></ul>
      </Section>
    </Show>
  )
}

export function History(props: { contact: ContactDetail }): JSX.Element {
  const word = (value: string | null) => (value === null ? 'nothing' : (stageNames as Record<string, string>)[value] ?? (heatNames as Record<string, string>)[value] ?? value)
  return (
    <Show when={props.contact.history.length > 0}>
      <Section title="History">
        <ol role="list" class="history"><For each={props.contact.history}>{each => (
          <li><p><Show when={each.from !== null} fallback={<>{named(each.what)}: <strong>{word(each.to)}</strong></>}>{named(each.what)}: {word(each.from)} → <strong>{word(each.to)}</strong></Show></p>
            <p class="faint">{each.why}{each.why ? ' · ' : ''}{memberName(each.by) ?? each.by ?? 'Studio OS'} · <time dateTime={each.at}>{exact(each.at)}</time></p></li>
        )}</For></ol>
      </Section>
    </Show>
  )
}

function named(what: string): string {
  return what.replace(/^lead_/, '').replaceAll('_', ' ').replace(/^./, letter => letter.toUpperCase()).replace('Status', 'Temperature')
}

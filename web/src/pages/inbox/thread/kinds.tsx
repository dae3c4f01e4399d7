// Messages that are more than words: places, people, orders, answers to buttons, and what no channel rule knows.
import { For, Match, Show, Switch, type JSX } from 'solid-js'
import type { Message } from '../../../../../src/contract/inbox.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Link } from '../../../ui/link.tsx'
import './kinds.css'

type Facts = Record<string, unknown>
const factsOf = (value: unknown): Facts => (typeof value === 'object' && value !== null ? value as Facts : {})
const wordOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null)
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** The card of a structured message; nothing for the others. */
export function KindCard(props: { message: Message }): JSX.Element {
  const details = () => factsOf(props.message.details)
  return (
    <Switch>
      <Match when={props.message.type === 'location'}><Place facts={factsOf(details()['location'])} /></Match>
      <Match when={props.message.type === 'contacts'}><People people={listOf(details()['contacts']).map(factsOf)} /></Match>
      <Match when={props.message.type === 'order'}><Order facts={factsOf(details()['order'])} /></Match>
      <Match when={props.message.type === 'unsupported'}>
        <div class="kind-unsupported"><Icon name="info" /><p>{props.message.content}<span class="faint"> The original is kept{wordOf(details()['type']) ? <> (kind <code>{wordOf(details()['type'])}</code>)</> : ''}; answer on the phone if you need it.</span></p></div>
      </Match>
    </Switch>
  )
}

function Place(props: { facts: Facts }): JSX.Element {
  const latitude = () => Number(props.facts['latitude'])
  const longitude = () => Number(props.facts['longitude'])
  const known = () => Number.isFinite(latitude()) && Number.isFinite(longitude())
  const name = () => wordOf(props.facts['name']) ?? 'Shared location'
  return (
    <div class="kind-place">
      <svg class="kind-map" viewBox="0 0 280 96" width="280" height="96" aria-hidden="true">
        <path class="kind-map-water" d="M0 70c40-10 70 8 110-4s60-26 100-18 50 4 70-6v54H0z" />
        <path class="kind-map-road" d="M-4 30c60 6 90-18 150-8s90 30 140 10M70-4c4 40 20 60 14 104M200-4c-10 30 6 70-8 104" />
        <path class="kind-map-pin" d="M140 74c14-17 20-26 20-35a20 20 0 1 0-40 0c0 9 6 18 20 35zm0-28a7 7 0 1 1 0-14 7 7 0 0 1 0 14z" />
      </svg>
      <div class="kind-words">
        <strong>{name()}</strong>
        <Show when={wordOf(props.facts['address'])}>{address => <span class="muted">{address()}</span>}</Show>
        <Show when={known()} fallback={<span class="faint">The message names no coordinates.</span>}>
          <Link external href={`https://www.openstreetmap.org/?mlat=${latitude()}&mlon=${longitude()}#map=17/${latitude()}/${longitude()}`}>Open on OpenStreetMap</Link>
        </Show>
      </div>
    </div>
  )
}

function People(props: { people: Facts[] }): JSX.Element {
  return (
    <ul role="list" class="kind-people"><For each={props.people}>{person => (
      <li><Icon name="user" size={20} /><div class="kind-words">
        <strong>{wordOf(person['name']) ?? 'A contact without a name'}</strong>
        <For each={listOf(person['phones'])}>{phone => <span class="muted">{wordOf(phone)}</span>}</For>
        <For each={listOf(person['emails'])}>{mail => <span class="muted">{wordOf(mail)}</span>}</For>
      </div></li>
    )}</For></ul>
  )
}

function Order(props: { facts: Facts }): JSX.Element {
  const items = () => listOf(props.facts['items']).map(factsOf)
  const price = (item: Facts) => [wordOf(item['item_price']), wordOf(item['currency'])].filter(Boolean).join(' ')
  return (
    <div class="kind-order">
      <strong>Order of {items().length} {items().length === 1 ? 'item' : 'items'}</strong>
      <table><thead class="visually-hidden"><tr><th>Item</th><th>Amount</th><th>Price</th></tr></thead><tbody><For each={items()}>{item => (
        <tr><td>{wordOf(item['product_retailer_id']) ?? 'Item'}</td><td>× {wordOf(item['quantity']) ?? '1'}</td><td>{price(item)}</td></tr>
      )}</For></tbody></table>
      <Show when={wordOf(props.facts['text'])}>{words => <p>{words()}</p>}</Show>
    </div>
  )
}

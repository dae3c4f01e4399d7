// One message in the thread, in whatever shape it has: bubble, note for the team, or a line about what happened.
import { createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import type { Message } from '../../../../../src/contract/inbox.ts'
import { memberName } from '../../../data/people.ts'
import { isOnlyEmoji } from '../../../lib/rich-text.ts'
import { clock, exact } from '../../../lib/times.ts'
import { Icon } from '../../../ui/icon.tsx'
import { DeliverySign, DeliveryTrouble } from './delivery.tsx'
import { KindCard } from './kinds.tsx'
import { Media } from './media.tsx'
import { MessageActions } from './message-actions.tsx'
import { RichText } from './rich-text.tsx'
import './message-row.css'

const cardTypes = new Set(['location', 'contacts', 'order', 'unsupported'])
const longPress = 450

/** `joined`: the message above is by the same author, minutes ago. */
export function MessageRow(props: { message: Message; joined: boolean; me: string; personName: string; onJump: (messageId: string) => void }): JSX.Element {
  return (
    <Switch fallback={<Bubble {...props} />}>
      <Match when={props.message.type === 'event' || props.message.type === 'system'}><EventLine message={props.message} /></Match>
      <Match when={props.message.type === 'note'}><Note message={props.message} me={props.me} /></Match>
    </Switch>
  )
}

function Bubble(props: { message: Message; joined: boolean; me: string; personName: string; onJump: (messageId: string) => void }): JSX.Element {
  const [held, setHeld] = createSignal(false)
  const out = () => props.message.direction === 'outbound'
  const author = () => authorName(props.message, props.me, props.personName)
  let timer: ReturnType<typeof setTimeout> | undefined
  const press = (event: PointerEvent) => {
    if (event.pointerType === 'touch') timer = setTimeout(() => setHeld(true), longPress)
  }
  const lift = () => clearTimeout(timer)
  return (
    <article class="msg" classList={{ 'msg-out': out(), 'msg-joined': props.joined, 'msg-held': held() }} aria-label={`${author()}, ${exact(props.message.sent_at)}`}
      onPointerDown={press} onPointerUp={lift} onPointerCancel={lift} onPointerMove={lift} onPointerLeave={() => setHeld(false)}>
      <div class="msg-line">
        <div class="msg-bubble" classList={{ 'msg-bare': isBare(props.message), 'msg-faded': props.message.status === 'canceled' }}>
          <Show when={out() && !props.joined}><p class="msg-author">{author()}</p></Show>
          <Content message={props.message} onJump={props.onJump} />
          <p class="msg-meta">
            <Show when={!props.message.deleted_at && props.message.edited_at}>{at => <span data-tip={`Edited ${exact(at())}`}>edited</span>}</Show>
            <time dateTime={props.message.sent_at} data-tip={exact(props.message.sent_at)}>{clock(props.message.sent_at)}</time>
            <DeliverySign message={props.message} />
          </p>
        </div>
        <Show when={!props.message.deleted_at}><MessageActions message={props.message} onDone={() => setHeld(false)} /></Show>
      </div>
      <Show when={props.message.reactions.length > 0}>
        <ul role="list" class="msg-reactions" aria-label="Reactions"><For each={props.message.reactions}>{reaction => <li data-tip={reaction.by === 'us' ? 'From us' : `From ${props.personName}`}>{reaction.emoji}<span class="visually-hidden"> {reaction.by === 'us' ? 'from us' : `from ${props.personName}`}</span></li>}</For></ul>
      </Show>
      <DeliveryTrouble message={props.message} />
    </article>
  )
}

function Content(props: { message: Message; onJump: (messageId: string) => void }): JSX.Element {
  const words = () => (props.message.details?.['generated'] === true && (props.message.attachments.length > 0 || cardTypes.has(props.message.type)) ? '' : cardTypes.has(props.message.type) ? '' : props.message.content)
  const big = () => props.message.type === 'text' && !props.message.reply_to && isOnlyEmoji(props.message.content)
  return (
    <Show when={!props.message.deleted_at} fallback={<p class="msg-deleted"><Icon name="trash" size={16} />{props.message.direction === 'inbound' ? 'Deleted by the customer' : 'Deleted'}</p>}>
      <Show when={props.message.details?.['forwarded'] === true}><p class="msg-hint"><Icon name="arrow-right" size={16} />Forwarded</p></Show>
      <Show when={props.message.type === 'template'}><p class="msg-hint"><Icon name="template" size={16} />Template</p></Show>
      <Show when={props.message.type === 'interactive' || props.message.type === 'button'}><p class="msg-hint"><Icon name="reply" size={16} />Tapped an answer</p></Show>
      <Show when={props.message.reply_to}>{quoted => (
        <button type="button" class="msg-quote" disabled={quoted().id === null} onClick={() => { const id = quoted().id; if (id) props.onJump(id) }}>
          <span class="visually-hidden">Answers, go to it: </span><Show when={quoted().author}><strong class="truncate">{quoted().author}</strong></Show><span>{quoted().content || 'A message that is not here'}</span>
        </button>
      )}</Show>
      <For each={props.message.attachments}>{file => <Media file={file} alt={words()} />}</For>
      <KindCard message={props.message} />
      <Show when={words()}><p class="msg-text" classList={{ 'msg-big': big() }} dir="auto"><RichText text={words()} /></p></Show>
    </Show>
  )
}

function Note(props: { message: Message; me: string }): JSX.Element {
  return (
    <article class="note-card" aria-label={`Note by ${authorName(props.message, props.me, '')}, ${exact(props.message.sent_at)}`}>
      <p class="note-head"><Icon name="note" size={16} /><strong>{authorName(props.message, props.me, '')}</strong><span class="faint">only your team sees this</span><time dateTime={props.message.sent_at} data-tip={exact(props.message.sent_at)}>{clock(props.message.sent_at)}</time></p>
      <p class="msg-text" dir="auto"><RichText text={props.message.content} /></p>
      <For each={props.message.attachments}>{file => <Media file={file} alt="" />}</For>
    </article>
  )
}

function EventLine(props: { message: Message }): JSX.Element {
  return <p class="event-line"><span>{props.message.content}</span> <time dateTime={props.message.sent_at} data-tip={exact(props.message.sent_at)}>{clock(props.message.sent_at)}</time></p>
}

function authorName(message: Message, me: string, personName: string): string {
  const { kind, id, name } = message.author
  if (kind === 'member') return id === me ? 'You' : memberName(id) ?? name ?? 'A colleague'
  if (kind === 'contact') return personName
  return { assistant: 'Assistant', system: 'Studio OS', phone_app: 'From the phone app', other_app: 'From another app' }[kind]
}

function isBare(message: Message): boolean {
  return !message.deleted_at && (message.type === 'sticker' || (message.type === 'text' && !message.reply_to && isOnlyEmoji(message.content)))
}

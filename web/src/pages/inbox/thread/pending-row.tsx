// A message that the server does not know yet: waiting, being sent, or refused with its reason.
import { createMemo, onCleanup, Show, type JSX } from 'solid-js'
import { lineState } from '../../../data/live.ts'
import type { OutboxItem } from '../../../data/outbox.ts'
import { discardPending, outboxLasts, retryPending } from '../../../data/sending.ts'
import { clock } from '../../../lib/times.ts'
import { Icon } from '../../../ui/icon.tsx'
import { TroubleButton } from './delivery.tsx'
import { RichText } from './rich-text.tsx'

export function PendingRow(props: { item: OutboxItem; onEdit: (item: OutboxItem) => void }): JSX.Element {
  const note = () => props.item.body.type === 'note'
  const words = () => (props.item.state === 'sending' ? 'Sending' : lineState() === 'live' && props.item.tries === 0 ? 'Waiting for its turn' : 'Waiting for the connection')
  return (
    <article class="msg msg-out msg-pending" aria-label={`You, ${clock(props.item.written_at)}, ${props.item.state === 'failed' ? 'not sent' : words()}`}>
      <div class="msg-line">
        <div class="msg-bubble" classList={{ 'msg-note-pending': note() }}>
          <Show when={props.item.file}>{file => <PendingFile blob={file().blob} name={file().name} kind={file().kind} />}</Show>
          <Show when={props.item.body.template}>{template => <p class="msg-hint"><Icon name="template" size={16} />{template().name}</p>}</Show>
          <Show when={props.item.body.content}>{content => <p class="msg-text" dir="auto"><RichText text={content()} /></p>}</Show>
          <p class="msg-meta"><time>{clock(props.item.written_at)}</time>
            <Show when={props.item.state !== 'failed'}><span class="delivery" data-tip={words()}><Icon name={props.item.state === 'sending' ? 'clock' : 'wait'} size={16} label={words()} /></span></Show>
          </p>
        </div>
      </div>
      <Show when={props.item.state === 'waiting' && (lineState() !== 'live' || props.item.tries > 0)}>
        <p class="trouble trouble-plain">{words()}. {outboxLasts() ? 'It is kept here and goes out by itself.' : 'Keep this page open: this browser lets us store nothing.'}</p>
      </Show>
      <Show when={props.item.state === 'failed'}>
        <div class="trouble trouble-bad">
          <p><strong>Not sent.</strong> {props.item.reason}</p>
          <TroubleButton onClick={() => retryPending(props.item.id)}>Try again</TroubleButton>
          <Show when={!props.item.file && !props.item.body.template} fallback={<TroubleButton onClick={() => discardPending(props.item.id)}>Discard</TroubleButton>}>
            <TroubleButton onClick={() => props.onEdit(props.item)}>Edit</TroubleButton>
          </Show>
        </div>
      </Show>
    </article>
  )
}

function PendingFile(props: { blob: Blob; name: string; kind: string }): JSX.Element {
  const address = createMemo(() => (props.kind === 'image' ? URL.createObjectURL(props.blob) : ''))
  onCleanup(() => { if (address()) URL.revokeObjectURL(address()) })
  return (
    <Show when={address()} fallback={<p class="media-file"><span class="media-file-icon"><Icon name="file" size={20} /></span><span class="truncate">{props.name}</span></p>}>
      {src => <span class="media-picture"><img src={src()} alt={props.name} width="280" height="210" /></span>}
    </Show>
  )
}

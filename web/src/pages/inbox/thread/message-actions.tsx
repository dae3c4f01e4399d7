// What can be done to one message: react, reply, copy. Shown on hover, on focus, and after a long press.
import { createSignal, For, Show, type JSX } from 'solid-js'
import type { Message } from '../../../../../src/contract/inbox.ts'
import { react } from '../../../data/commands.ts'
import { can } from '../../../data/session.ts'
import { IconButton } from '../../../ui/button.tsx'
import { place } from '../../../ui/place.ts'
import { toast } from '../../../ui/toast.tsx'
import { ask, setComposerMode } from '../desk.ts'
import { setReplyTo } from '../composer/reply-to.ts'

const quick = ['👍', '❤️', '😂', '😮', '😢', '🙏']
const reactingChannels = new Set(['whatsapp', 'instagram'])

export function MessageActions(props: { message: Message; onDone: () => void }): JSX.Element {
  const [open, setOpen] = createSignal(false)
  let button: HTMLButtonElement | undefined
  let box: HTMLDivElement | undefined
  const mine = () => props.message.reactions.find(each => each.by === 'us')?.emoji
  const reacts = () => can('messages.send') && reactingChannels.has(props.message.channel) && props.message.external_id !== null
  const show = () => {
    if (!box || !button) return
    setOpen(true)
    box.showPopover()
    place(box, button, 'top')
    box.querySelector('button')?.focus()
  }
  const choose = (emoji: string) => {
    box?.hidePopover()
    props.onDone()
    void react(props.message, emoji === mine() ? '' : emoji)
  }
  const reply = () => {
    props.onDone()
    setReplyTo(props.message)
    setComposerMode('reply')
    ask('focus-composer')
  }
  const copy = async () => {
    props.onDone()
    await navigator.clipboard.writeText(props.message.content)
    toast({ text: 'Copied', tone: 'good' })
  }
  return (
    <div class="msg-actions" classList={{ 'msg-actions-open': open() }}>
      <Show when={reacts()}>
        <IconButton ref={button} icon="smile" label="React" size="sm" aria-haspopup="true" aria-expanded={open() ? 'true' : 'false'} onClick={show} />
        <div ref={box} class="reaction-box" popover="auto" role="group" aria-label="Reactions" on:toggle={(event: ToggleEvent) => setOpen(event.newState === 'open')}>
          <Show when={open()}><For each={quick}>{emoji => <button type="button" aria-pressed={emoji === mine()} aria-label={emoji === mine() ? `Take ${emoji} back` : `React with ${emoji}`} onClick={() => choose(emoji)}>{emoji}</button>}</For></Show>
        </div>
      </Show>
      <Show when={can('messages.send')}><IconButton icon="reply" label="Reply to this" size="sm" onClick={reply} /></Show>
      <Show when={props.message.content}><IconButton icon="copy" label="Copy the text" size="sm" onClick={() => void copy()} /></Show>
    </div>
  )
}

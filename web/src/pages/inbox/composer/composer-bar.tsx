// The tools below the text: files, emoji, saved texts, templates, send later, suggestions, and sending itself.
import { Show, type JSX } from 'solid-js'
import { suggestReplies, askingOf } from '../../../data/drafts.ts'
import type { Head } from '../../../data/facts.ts'
import { can } from '../../../data/session.ts'
import { snippets } from '../../../data/store.ts'
import { fillSnippet } from '../../../lib/snippet-text.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Menu, type MenuEntry } from '../../../ui/menu.tsx'
import type { ComposerMode } from '../desk.ts'
import { EmojiButton } from './emoji-button.tsx'

export function ComposerBar(props: {
  head: Head; mode: ComposerMode; sendable: boolean; studio: string
  onInsert: (words: string) => void; onFiles: (files: File[]) => void; onTemplate: () => void; onLater: () => void; onSend: () => void
}): JSX.Element {
  let picker!: HTMLInputElement
  const saved = (): MenuEntry[] => snippets().map(snippet => ({ label: snippet.title, hint: snippet.content.slice(0, 80), onSelect: () => props.onInsert(fillSnippet(snippet.content, props.head.contact, props.studio)) }))
  const reply = () => props.mode === 'reply'
  return (
    <div class="composer-bar">
      <input ref={picker} class="visually-hidden" type="file" multiple tabIndex={-1} aria-hidden="true" onChange={event => { props.onFiles([...(event.currentTarget.files ?? [])]); event.currentTarget.value = '' }} />
      <IconButton icon="attach" label="Attach files" size="sm" onClick={() => picker.click()} />
      <EmojiButton onPick={props.onInsert} />
      <Show when={snippets().length > 0}><Menu label="Saved texts" side="top-start" entries={saved()} trigger={trigger => <IconButton icon="note" label="Saved texts" size="sm" {...trigger} />} /></Show>
      <Show when={reply() && props.head.channel === 'whatsapp'}><IconButton icon="template" label="Templates" keys="T" size="sm" onClick={() => props.onTemplate()} /></Show>
      <Show when={reply() && can('assistant.use')}>
        <Button variant="ghost" size="sm" icon="sparkle" class="composer-suggest" busy={askingOf(props.head.id)?.state === 'asking'} onClick={() => void suggestReplies(props.head.id)}><span>Suggest replies</span></Button>
      </Show>
      <span class="composer-send">
        <Show when={reply()}><IconButton icon="snooze" label="Send later" size="sm" disabled={!props.sendable} onClick={() => props.onLater()} /></Show>
        <Button variant="primary" size="sm" icon={reply() ? 'send' : 'check'} disabled={!props.sendable} onClick={() => props.onSend()}>{reply() ? 'Send' : 'Add note'}</Button>
      </span>
    </div>
  )
}

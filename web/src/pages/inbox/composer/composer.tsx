// Where replies and notes are written. What cannot be done now is said with its reason instead of failing later.
import { createEffect, createMemo, createSignal, lazy, on, onCleanup, onMount, Show, Suspense, type JSX } from 'solid-js'
import { hasWindow } from '../../../data/channels.ts'
import { draftUsed } from '../../../data/drafts.ts'
import type { Head } from '../../../data/facts.ts'
import { answeringAt } from '../../../data/presence.ts'
import { post } from '../../../data/sending.ts'
import { can, session } from '../../../data/session.ts'
import { nowBySecond } from '../../../lib/now.ts'
import { openVariable } from '../../../lib/snippet-text.ts'
import { Icon } from '../../../ui/icon.tsx'
import { toast } from '../../../ui/toast.tsx'
import { composerMode, offer, setComposerMode } from '../desk.ts'
import { ComposerBar } from './composer-bar.tsx'
import { Files, fileKind } from './files.tsx'
import { mentionedIn, Mentions } from './mentions.tsx'
import { ModeTabs } from './mode-tabs.tsx'
import { replyTo, setReplyTo } from './reply-to.ts'
import { stopTyping, typed } from './typing.ts'
import { ClosedWindow, WindowLine } from './window-line.tsx'
import { write, writtenFor } from './written.ts'
import './composer.css'

const TemplateDialog = lazy(() => import('./template-dialog.tsx'))
const LaterDialog = lazy(() => import('./later-dialog.tsx'))

/** One instance per opened conversation (keyed by the caller). */
export function Composer(props: { head: Head; me: string }): JSX.Element {
  const id = props.head.id
  let field: HTMLTextAreaElement | undefined
  const [files, setFiles] = createSignal<File[]>([])
  const [dialog, setDialog] = createSignal<'template' | 'later' | null>(null)
  const [caret, setCaret] = createSignal(0)
  const mode = () => (can('messages.send') ? composerMode() : 'note')
  const written = createMemo(() => writtenFor(id, mode()))
  const closed = createMemo(() => hasWindow(props.head.channel) && (props.head.window_ends_at === null || Date.parse(props.head.window_ends_at) <= nowBySecond()))
  const blocked = () => mode() === 'reply' && closed()
  const problem = () => { const open = mode() === 'reply' ? openVariable(written().text) : null; return open ? `Fill in “${open}” before sending.` : null }
  const sendable = () => (written().text.trim() !== '' || files().length > 0) && !blocked() && problem() === null

  const setText = (text: string) => {
    write(id, mode(), { ...written(), text })
    if (mode() === 'reply' && text) typed(id)
  }
  const insert = (words: string) => {
    const at = field?.selectionStart ?? written().text.length
    const text = written().text
    setText(text.slice(0, at) + words + text.slice(field?.selectionEnd ?? at))
    queueMicrotask(() => { field?.focus(); field?.setSelectionRange(at + words.length, at + words.length) })
  }
  const send = async (at?: string) => {
    if (!sendable()) { if (problem()) toast({ text: problem()!, tone: 'bad' }); return }
    const { text, draft } = written()
    const answered = replyTo()
    const all = files()
    const note = mode() === 'note'
    write(id, mode(), { text: '' })
    setFiles([])
    setReplyTo(null)
    stopTyping()
    field?.focus()
    const base = { ...(note ? { type: 'note' as const, mentions: mentionedIn(text) } : {}), ...(answered && !note ? { reply_to: answered.id } : {}), ...(at ? { send_at: at } : {}) }
    const used = draft && !note ? { id: draft.id, suggestion: draft.suggestion, outcome: draft.text.trim() === text.trim() ? 'accepted' as const : 'edited' as const } : undefined
    if (used) draftUsed(id)
    if (all.length === 0) await post(id, { ...base, content: text.trim() }, null, used)
    // one file a message: the words go with the first
    for (const [i, file] of all.entries()) await post(id, { ...(i === 0 ? base : note ? { type: 'note' as const } : {}), content: i === 0 ? text.trim() : '' }, { blob: file, name: file.name, kind: fileKind(file) }, i === 0 ? used : undefined)
  }

  // each conversation begins with a reply, unless only a note was begun here
  setComposerMode(writtenFor(id, 'reply').text === '' && writtenFor(id, 'note').text !== '' ? 'note' : 'reply')
  onMount(() => {
    const offers = [offer('focus-composer', () => field?.focus()), offer('template', () => { if (can('messages.send')) setDialog('template') })]
    onCleanup(() => { offers.forEach(back => back()); stopTyping(); setReplyTo(null) })
  })
  createEffect(on(written, ({ text }) => { if (field && field.value !== text) { field.value = text; fit(field) } }))

  const keys = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const touch = matchMedia('(pointer: coarse)').matches
    if (event.key === 'Enter' && !event.shiftKey && (!touch || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape') {
      if (replyTo()) setReplyTo(null)
      else field?.blur()
    }
  }
  const paste = (event: ClipboardEvent) => {
    const pasted = [...(event.clipboardData?.files ?? [])]
    if (pasted.length === 0) return
    event.preventDefault()
    setFiles(before => [...before, ...pasted])
  }
  const busy = () => answeringAt(id, props.me)

  return (
    <section class="composer" classList={{ 'composer-note': mode() === 'note' }} aria-label="Write"
      onDragOver={event => { if (event.dataTransfer?.types.includes('Files')) event.preventDefault() }}
      onDrop={event => { const dropped = [...(event.dataTransfer?.files ?? [])]; if (dropped.length > 0) { event.preventDefault(); setFiles(before => [...before, ...dropped]) } }}>
      <Show when={can('notes.write')} fallback={<p class="composer-closed"><Icon name="eye" />Your role reads along. Answers come from owners, admins and agents.</p>}>
        <div class="composer-head">
          <ModeTabs mode={mode()} onMode={next => { setComposerMode(next); field?.focus() }} replies={can('messages.send')} />
          <Show when={mode() === 'reply'}><WindowLine head={props.head} /></Show>
        </div>
        <Show when={mode() === 'reply' && busy()}>{who => <p class="composer-lock" role="status"><Icon name="lock" size={16} /><span><strong>{who().name} is answering.</strong> What you send now may cross their answer.</span></p>}</Show>
        <Show when={mode() === 'reply' && replyTo()}>{answered => (
          <div class="composer-quote"><Icon name="reply" size={16} /><p class="truncate">{answered().content || 'A message'}</p><button type="button" aria-label="Answer without quoting" onClick={() => setReplyTo(null)}><Icon name="close" size={16} /></button></div>
        )}</Show>
        <Files files={files()} onRemove={file => setFiles(before => before.filter(each => each !== file))} />
        <Show when={!blocked()} fallback={<ClosedWindow head={props.head} onTemplate={() => setDialog('template')} />}>
          <Show when={mode() === 'note'}><Mentions text={written().text} caret={caret()} field={() => field} onPick={(text, at) => { setText(text); queueMicrotask(() => { field?.focus(); field?.setSelectionRange(at, at) }) }} /></Show>
          <textarea ref={element => { field = element; element.value = written().text; queueMicrotask(() => fit(element)) }} class="composer-field" rows={1} dir="auto"
            aria-label={mode() === 'note' ? 'Note for the team' : `Reply to ${props.head.contact.name}`} aria-describedby={problem() ? 'composer-problem' : undefined}
            placeholder={mode() === 'note' ? 'A note only your team sees. @ names a colleague.' : `Reply to ${props.head.contact.name}`}
            onInput={event => { setText(event.currentTarget.value); setCaret(event.currentTarget.selectionStart); fit(event.currentTarget) }}
            onKeyUp={event => setCaret(event.currentTarget.selectionStart)} onClick={event => setCaret(event.currentTarget.selectionStart)}
            onKeyDown={keys} onPaste={paste} onBlur={stopTyping} />
          <Show when={problem()}><p class="composer-problem" id="composer-problem">{problem()}</p></Show>
          <ComposerBar head={props.head} mode={mode()} sendable={sendable()} onInsert={insert} onFiles={added => setFiles(before => [...before, ...added])} onTemplate={() => setDialog('template')} onLater={() => setDialog('later')} onSend={() => void send()} studio={session()?.studio.name ?? ''} />
        </Show>
      </Show>
      <Suspense>
        <Show when={dialog() === 'template'}><TemplateDialog head={props.head} onClose={() => setDialog(null)} /></Show>
        <Show when={dialog() === 'later'}><LaterDialog head={props.head} onClose={() => setDialog(null)} onChoose={at => { setDialog(null); void send(at) }} /></Show>
      </Suspense>
    </section>
  )
}

/** Grows with its text where the browser does not do it itself. */
function fit(area: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return
  area.style.height = 'auto'
  area.style.height = `${area.scrollHeight}px`
}

// Files chosen for sending, before they go.
import { createMemo, For, onCleanup, Show, type JSX } from 'solid-js'
import { fileSize } from '../../../lib/sizes.ts'
import { Icon } from '../../../ui/icon.tsx'

export function fileKind(file: Blob): 'image' | 'video' | 'audio' | 'document' {
  const kind = file.type.split('/')[0]
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document'
}

export function Files(props: { files: readonly File[]; onRemove: (file: File) => void }): JSX.Element {
  return (
    <Show when={props.files.length > 0}>
      <ul role="list" class="composer-files" aria-label="Files to send"><For each={props.files}>{file => <FileChip file={file} onRemove={() => props.onRemove(file)} />}</For></ul>
      <Show when={props.files.length > 1}><p class="faint composer-files-note">Each file goes as its own message; your words go with the first.</p></Show>
    </Show>
  )
}

function FileChip(props: { file: File; onRemove: () => void }): JSX.Element {
  const preview = createMemo(() => (fileKind(props.file) === 'image' ? URL.createObjectURL(props.file) : null))
  onCleanup(() => { const address = preview(); if (address) URL.revokeObjectURL(address) })
  return (
    <li class="file-chip">
      <Show when={preview()} fallback={<span class="media-file-icon"><Icon name="file" /></span>}>{src => <img src={src()} alt="" width="36" height="36" />}</Show>
      <span class="media-file-words"><span class="truncate">{props.file.name}</span><span class="faint">{fileSize(props.file.size)}</span></span>
      <button type="button" aria-label={`Remove ${props.file.name}`} onClick={() => props.onRemove()}><Icon name="close" size={16} /></button>
    </li>
  )
}

// Files in a message: pictures with their room kept, players, documents; and honest words while a file is missing.
import { createSignal, Match, Show, Switch, type JSX } from 'solid-js'
import type { Attachment } from '../../../../../src/contract/inbox.ts'
import { fileSize } from '../../../lib/sizes.ts'
import { Icon } from '../../../ui/icon.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import { showLarge } from './lightbox-state.ts'
import './media.css'

const addressOf = (id: string) => `/api/attachments/${id}`
const names = { image: 'Photo', video: 'Video', audio: 'Audio', voice: 'Voice message', document: 'Document', sticker: 'Sticker', file: 'File' } as const

/** `alt` is the caption or what stands for it. */
export function Media(props: { file: Attachment; alt: string }): JSX.Element {
  return (
    <Switch fallback={<Document file={props.file} />}>
      <Match when={props.file.state !== 'stored'}><Missing file={props.file} /></Match>
      <Match when={props.file.kind === 'image' && drawable(props.file)}><Picture file={props.file} alt={props.alt} /></Match>
      <Match when={props.file.kind === 'sticker' && drawable(props.file)}><img class="media-sticker" src={addressOf(props.file.id)} alt={props.alt || 'Sticker'} width="144" height="144" loading="lazy" decoding="async" /></Match>
      <Match when={props.file.kind === 'video'}><video class="media-video" src={addressOf(props.file.id)} controls preload="metadata" playsinline aria-label={props.alt || 'Video'} /></Match>
      <Match when={props.file.kind === 'audio' || props.file.kind === 'voice'}>
        <div class="media-audio"><Show when={props.file.kind === 'voice'}><Icon name="mic" label="Voice message" /></Show><audio src={addressOf(props.file.id)} controls preload="metadata" aria-label={props.alt || names[props.file.kind]} /></div>
      </Match>
    </Switch>
  )
}

function Picture(props: { file: Attachment; alt: string }): JSX.Element {
  const [broken, setBroken] = createSignal(false)
  return (
    <Show when={!broken()} fallback={<Document file={props.file} />}>
      <button type="button" class="media-picture" aria-label={`Open the picture${props.alt ? `: ${props.alt}` : ''}`} onClick={() => showLarge({ id: props.file.id, alt: props.alt, filename: props.file.filename })}>
        <img src={addressOf(props.file.id)} alt={props.alt || 'Photo'} width="280" height="210" loading="lazy" decoding="async" onError={() => setBroken(true)} />
      </button>
    </Show>
  )
}

function Document(props: { file: Attachment }): JSX.Element {
  return (
    <a class="media-file" href={`${addressOf(props.file.id)}?download=1`} download={props.file.filename ?? ''}>
      <span class="media-file-icon"><Icon name="file" size={20} /></span>
      <span class="media-file-words"><span class="truncate">{props.file.filename ?? names[props.file.kind]}</span><span class="faint">{[extensionOf(props.file), props.file.size === null ? '' : fileSize(props.file.size)].filter(Boolean).join(' · ')}</span></span>
      <Icon name="download" label="Download" />
    </a>
  )
}

function Missing(props: { file: Attachment }): JSX.Element {
  return (
    <div class="media-file media-missing">
      <span class="media-file-icon"><Show when={props.file.state === 'pending'} fallback={<Icon name="warning" size={20} />}><Spinner /></Show></span>
      <span class="media-file-words">
        <span class="truncate">{props.file.filename ?? names[props.file.kind]}</span>
        <span class="faint">{props.file.state === 'pending' ? 'Fetching the file…' : `The file could not be fetched. ${props.file.reason ?? ''}`}</span>
      </span>
    </div>
  )
}

function drawable(file: Attachment): boolean {
  return file.mime === null || /^image\/(jpeg|png|gif|webp|avif|bmp)$/.test(file.mime)
}

function extensionOf(file: Attachment): string {
  return (file.filename?.match(/\.([A-Za-z0-9]{1,8})$/)?.[1] ?? file.mime?.split('/')[1] ?? '').toUpperCase()
}

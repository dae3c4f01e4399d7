// A picture over the whole screen, on the platform's dialog: Escape closes it, the focus goes back.
import { onCleanup, onMount, type JSX } from 'solid-js'
import { ButtonLink, IconButton } from '../../../ui/button.tsx'
import { type LargePicture, showLarge } from './lightbox-state.ts'

export default function Lightbox(props: { picture: LargePicture }): JSX.Element {
  let dialog!: HTMLDialogElement
  onMount(() => dialog.showModal())
  onCleanup(() => dialog.close())
  const close = () => { showLarge(null) }
  return (
    <dialog ref={dialog} class="lightbox" aria-label={props.picture.alt || 'Picture'} on:cancel={event => { event.preventDefault(); close() }}>
      <div class="lightbox-inner" onClick={event => { if (event.target === event.currentTarget) close() }}>
        <div class="lightbox-bar">
          <p class="truncate">{props.picture.alt || props.picture.filename || 'Photo'}</p>
          <ButtonLink variant="ghost" size="sm" icon="download" external href={`/api/attachments/${props.picture.id}?download=1`}>Download</ButtonLink>
          <IconButton icon="close" label="Close" plainTip onClick={close} />
        </div>
        <img src={`/api/attachments/${props.picture.id}`} alt={props.picture.alt || 'Photo'} />
      </div>
    </dialog>
  )
}

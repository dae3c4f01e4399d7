// Opens a small board of emoji; its list is loaded when it is first opened.
import { createSignal, For, Show, type JSX } from 'solid-js'
import { IconButton } from '../../../ui/button.tsx'
import { place } from '../../../ui/place.ts'
import { Spinner } from '../../../ui/spinner.tsx'

export function EmojiButton(props: { onPick: (emoji: string) => void }): JSX.Element {
  const [open, setOpen] = createSignal(false)
  const [words, setWords] = createSignal('')
  const [all, setAll] = createSignal<readonly { emoji: string; words: string }[] | null>(null)
  let button: HTMLButtonElement | undefined
  let box: HTMLDivElement | undefined
  const found = () => (all() ?? []).filter(each => each.words.includes(words().trim().toLowerCase()))
  const show = () => {
    if (!box || !button) return
    setWords('')
    setOpen(true)
    if (!all()) void import('./emoji-data.ts').then(({ emoji }) => { setAll(emoji); if (box && button) place(box, button, 'top-start') })
    box.showPopover()
    place(box, button, 'top-start')
    box.querySelector('input')?.focus()
  }
  const pick = (emoji: string) => {
    box?.hidePopover()
    props.onPick(emoji)
  }
  return (
    <>
      <IconButton ref={button} icon="smile" label="Emoji" size="sm" aria-haspopup="dialog" aria-expanded={open() ? 'true' : 'false'} onClick={show} />
      <div ref={box} class="emoji-box" popover="auto" role="dialog" aria-label="Emoji" on:toggle={(event: ToggleEvent) => { if (event.newState === 'closed') setOpen(false) }}>
        <Show when={open()}>
          <input class="input" type="search" placeholder="Search emoji" aria-label="Search emoji" value={words()} onInput={event => setWords(event.currentTarget.value)}
            onKeyDown={event => { if (event.key === 'Enter' && found()[0]) { event.preventDefault(); pick(found()[0]!.emoji) } }} />
          <Show when={all()} fallback={<Spinner label="Loading emoji" />}>
            <div class="emoji-grid"><For each={found()} fallback={<p class="faint">None found</p>}>{each => <button type="button" aria-label={each.words} onClick={() => pick(each.emoji)}>{each.emoji}</button>}</For></div>
          </Show>
        </Show>
      </div>
    </>
  )
}

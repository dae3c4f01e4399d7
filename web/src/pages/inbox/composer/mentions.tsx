// Naming colleagues in a note: "@" offers the team, Enter or a click puts the name in.
import { createMemo, createSignal, createEffect, For, on, onCleanup, Show, type JSX } from 'solid-js'
import type { Member } from '../../../../../src/contract/auth.ts'
import { members } from '../../../data/people.ts'
import { Avatar } from '../../../ui/avatar.tsx'

const most = 6

/** Ids of the members whose "@Name" stands in a text. */
export function mentionedIn(text: string): string[] {
  return members().filter(member => text.includes(`@${member.name}`)).map(member => member.id)
}

export function Mentions(props: { text: string; caret: number; field: () => HTMLTextAreaElement | undefined; onPick: (text: string, caret: number) => void }): JSX.Element {
  const [at, setAt] = createSignal(0)
  const begun = createMemo(() => props.text.slice(0, props.caret).match(/(?:^|\s)@([\p{L}\p{N} ]{0,30})$/u)?.[1] ?? null)
  const found = createMemo((): Member[] => {
    const words = begun()?.toLowerCase()
    if (words === undefined) return []
    return members().filter(member => member.name.toLowerCase().includes(words) && member.name.toLowerCase() !== words.trim()).slice(0, most)
  })
  createEffect(on(found, () => setAt(0)))
  const pick = (member: Member) => {
    const start = props.caret - (begun()?.length ?? 0)
    const text = `${props.text.slice(0, start)}${member.name} ${props.text.slice(props.caret)}`
    props.onPick(text, start + member.name.length + 1)
  }
  const keys = (event: KeyboardEvent) => {
    const list = found()
    if (list.length === 0) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setAt((at() + (event.key === 'ArrowDown' ? 1 : list.length - 1)) % list.length)
    else if (event.key === 'Enter' || event.key === 'Tab') pick(list[at()]!)
    else return
    event.preventDefault()
  }
  createEffect(() => {
    const field = props.field()
    field?.addEventListener('keydown', keys, { capture: true })
    onCleanup(() => field?.removeEventListener('keydown', keys, { capture: true }))
  })
  return (
    <Show when={found().length > 0}>
      <ul class="mentions" role="listbox" aria-label="Colleagues"><For each={found()}>{(member, i) => (
        <li role="option" aria-selected={i() === at()} onMouseDown={event => { event.preventDefault(); pick(member) }}><Avatar id={member.id} name={member.name} size="xs" />{member.name}<span class="faint">{member.role}</span></li>
      )}</For></ul>
    </Show>
  )
}

// A drawn glimpse of the inbox for the landing page: made of our own parts, with made-up words, hidden from readers.
import { For, type JSX } from 'solid-js'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import './preview.css'

const people = [
  { id: 'p1', name: 'Mara Lindqvist', text: 'Is there a trial class for my daughter?', at: '14:02', tone: 'warn', word: 'Warm', open: true },
  { id: 'p2', name: 'Jonas Weber', text: 'Thank you, see you on Tuesday!', at: '13:41', tone: 'neutral', word: 'Engaged', open: false },
  { id: 'p5', name: 'Priya Nair', text: 'How much is the ten-class card?', at: '12:10', tone: 'bad', word: 'Hot', open: false },
] as const

export function Preview(): JSX.Element {
  return (
    <div class="preview" aria-hidden="true">
      <div class="preview-list">
        <For each={people}>{person => (
          <div class="preview-row" classList={{ 'preview-open': person.open }}>
            <Avatar id={person.id} name={person.name} size="md" />
            <div class="preview-words"><p><strong>{person.name}</strong><span>{person.at}</span></p><p class="truncate">{person.text}</p><Badge tone={person.tone} dot>{person.word}</Badge></div>
          </div>
        )}</For>
      </div>
      <div class="preview-thread">
        <p class="preview-in">Hi! Is there a trial class for my daughter? She is 7 and has never danced before.</p>
        <p class="preview-out">Hello Mara, how lovely! Our Kids Ballet on Wednesday at 16:00 is just right for a first time.<Icon name="check-double" size={16} /></p>
        <p class="preview-in">Perfect. What does it cost?</p>
        <div class="preview-draft"><p><Icon name="sparkle" size={16} /><strong>Draft</strong><span>from “Prices 2026”</span></p><p>The trial class is 12 €, and we take it off the first month if she stays.</p></div>
      </div>
    </div>
  )
}

// The assistant's three suggestions above the composer, each with what it stands on; greyed when the conversation moved on.
import { createMemo, For, Show, type JSX } from 'solid-js'
import type { Suggestion, SuggestionSource } from '../../../../../src/contract/inbox.ts'
import { askingOf, dismissDraft, suggestReplies } from '../../../data/drafts.ts'
import type { Head } from '../../../data/facts.ts'
import { draftOf } from '../../../data/store.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import { SourceChip } from './source-chip.tsx'
import { takeSuggestion } from './take.ts'
import './draft-cards.css'

const intents: Record<Suggestion['intent'], { label: string; icon: IconName }> = {
  answer: { label: 'Answer', icon: 'chat' },
  ask: { label: 'Ask', icon: 'info' },
  offer: { label: 'Offer', icon: 'clock' },
  handoff: { label: 'Hand over', icon: 'user' },
}

export function DraftCards(props: { head: Head }): JSX.Element {
  const asking = () => askingOf(props.head.id)
  const draft = createMemo(() => draftOf(props.head.id))
  const stale = () => { const shown = draft(); return shown !== undefined && asking()?.state !== 'asking' && shown.seen_seq < props.head.last_seq }
  const suggestions = () => (asking()?.state === 'asking' ? asking()!.suggestions : draft()?.suggestions ?? [])
  return (
    <Show when={asking() || draft()}>
      <section class="drafts" aria-label="Suggested replies" classList={{ 'drafts-stale': stale() }}>
        <header class="drafts-head">
          <Icon name="sparkle" size={16} />
          <p role="status">{asking()?.state === 'asking' ? 'Looking for answers in what your studio knows…' : asking()?.state === 'failed' ? `No suggestions: ${asking()!.reason}` : stale() ? 'Written before the newest message' : 'Suggested replies'}</p>
          <Show when={stale() || asking()?.state === 'failed'}><Button variant="ghost" size="sm" icon="refresh" onClick={() => void suggestReplies(props.head.id)}>Suggest again</Button></Show>
          <IconButton icon="close" label="Put the suggestions away" size="sm" onClick={() => void dismissDraft(props.head.id)} />
        </header>
        <Show when={asking()?.state !== 'failed'}>
          <ul role="list" class="drafts-cards">
            <For each={suggestions()}>{(suggestion, i) => (
              <li class="draft">
                <button type="button" class="draft-use" disabled={asking()?.state === 'asking'} onClick={() => takeSuggestion(props.head, i())} aria-keyshortcuts={String(i() + 1)}>
                  <span class="draft-intent"><Icon name={intents[suggestion.intent].icon} size={16} />{intents[suggestion.intent].label}<kbd class="kbd" aria-hidden="true">{i() + 1}</kbd></span>
                  <span class="draft-text">{suggestion.text}</span>
                </button>
                <div class="draft-sources"><For each={merged(suggestion.sources)} fallback={<span class="faint">Stands on no source</span>}>{source => <SourceChip source={source} conversationId={props.head.id} />}</For></div>
              </li>
            )}</For>
            <Show when={asking()?.state === 'asking' && suggestions().length < 3}><li class="draft draft-waiting"><Spinner label="Thinking" /></li></Show>
          </ul>
        </Show>
      </section>
    </Show>
  )
}

/** One chip per entry, with all that was quoted from it. */
function merged(sources: readonly SuggestionSource[]): SuggestionSource[] {
  const all = new Map<string, SuggestionSource>()
  for (const source of sources) {
    const before = all.get(source.kind + source.id)
    all.set(source.kind + source.id, before ? { ...before, quote: `${before.quote}\n…\n${source.quote}` } : source)
  }
  return [...all.values()]
}

// The lead score as a small picture of its four factors, and under it each fact with the message it was read from.
import { createSignal, For, Show, type JSX } from 'solid-js'
import type { ContactDetail, Factors, LeadScore } from '../../../../../src/contract/inbox.ts'
import { api, reasonOf } from '../../../data/api.ts'
import { loadContact } from '../../../data/people.ts'
import { can } from '../../../data/session.ts'
import { exact } from '../../../lib/times.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Section } from './section.tsx'

// largest points per factor, as in the contract (which the browser cannot import without its validator)
const limits: Record<keyof Factors, number> = { interest: 30, urgency: 25, budget: 25, fit: 20 }
const names = Object.keys(limits) as (keyof Factors)[]
const shownFirst = 4

/** `onMessage` shows the message that a fact comes from. */
export function Score(props: { contact: ContactDetail; onMessage: (id: string) => void }): JSX.Element {
  const [busy, setBusy] = createSignal(false)
  const [all, setAll] = createSignal(false)
  const score = () => props.contact.score
  const again = async () => {
    setBusy(true)
    try {
      await api.post<LeadScore>('/api/llm/lead-score', { contact_id: props.contact.id })
      await loadContact(props.contact.id)
    } catch (error) {
      toast({ text: `The score could not be made: ${reasonOf(error)}`, tone: 'bad' })
    }
    setBusy(false)
  }
  return (
    <Section title="Lead score" aside={<Show when={can('assistant.use')}><Button variant="ghost" size="sm" icon="refresh" busy={busy()} onClick={() => void again()}>{score() ? 'Score again' : 'Score now'}</Button></Show>}>
      <Show when={score()} fallback={<p class="faint">Not scored yet. The score is read from what they write.</p>}>{shown => (
        <>
          <Picture score={shown()} />
          <ul role="list" class="evidence"><For each={all() ? shown().evidence : shown().evidence.slice(0, shownFirst)} fallback={<li class="faint">Nothing they wrote speaks for or against it.</li>}>{each => (
            <li>
              <span class={`evidence-points evidence-${each.factor}`}>{each.points > 0 ? '+' : ''}{each.points}</span>
              <div class="evidence-words">
                <p>{each.fact}</p>
                <Show when={each.message_id} fallback={<Show when={each.quote}><q>{each.quote}</q></Show>}>{id => <button type="button" onClick={() => props.onMessage(id())}><q>{each.quote}</q><Icon name="arrow-right" size={16} label="Go to the message" /></button>}</Show>
              </div>
            </li>
          )}</For></ul>
          <Show when={shown().evidence.length > shownFirst}><button type="button" class="link" onClick={() => setAll(open => !open)}>{all() ? 'Show less' : `Show all ${shown().evidence.length} facts`}</button></Show>
          <Show when={shown().at}>{at => <p class="faint">Scored {exact(at())}</p>}</Show>
        </>
      )}</Show>
    </Section>
  )
}

/** Number and four bars; each bar's full length is what its factor can give at most. */
function Picture(props: { score: LeadScore }): JSX.Element {
  const words = () => `${props.score.score} of 100: ${names.map(name => `${name} ${props.score.factors[name]} of ${limits[name]}`).join(', ')}`
  return (
    <figure class="score" role="img" aria-label={words()}>
      <div class="score-number" aria-hidden="true"><strong>{props.score.score}</strong><span>of 100</span></div>
      <div class="score-bars" aria-hidden="true"><For each={names}>{name => (
        <div class="score-bar"><span>{name}</span><i class="score-track"><i class={`score-fill score-${name}`} style={{ width: `${(props.score.factors[name] / limits[name]) * 100}%` }} /></i><b>{props.score.factors[name]}<small>/{limits[name]}</small></b></div>
      )}</For></div>
    </figure>
  )
}

// For addresses that lead nowhere.
import type { JSX } from 'solid-js'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'

export default function NotFound(): JSX.Element {
  document.title = 'Not found · Studio OS'
  return (
    <main class="page">
      <EmptyState page drawing="lost" title="There is no page at this address" text="It may have moved, or the link was cut short.">
        <ButtonLink href="/inbox" variant="primary">To the inbox</ButtonLink>
        <ButtonLink href="/">To the start</ButtonLink>
      </EmptyState>
    </main>
  )
}

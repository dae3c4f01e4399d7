// The last net: a fault in a page shows itself and two ways on, instead of a white screen.
import { onMount, type JSX } from 'solid-js'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

/** A page whose code could not be fetched (a new version was published) is mended by loading anew. */
export function Crash(props: { error: unknown; reset: () => void }): JSX.Element {
  onMount(() => console.error(props.error))
  const stale = () => props.error instanceof Error && /import|fetch|module/i.test(props.error.message)
  return (
    <main>
      <EmptyState page drawing="broken" title={stale() ? 'This page could not be loaded' : 'Something in this page broke'}
        text={stale() ? 'The connection failed, or a newer version was published meanwhile. Loading anew helps.' : 'Nothing you saved is lost. The fault is written to the browser’s console.'}>
        <Button variant="primary" onClick={() => location.reload()}>Load anew</Button>
        <Button onClick={() => props.reset()}>Try again</Button>
      </EmptyState>
    </main>
  )
}

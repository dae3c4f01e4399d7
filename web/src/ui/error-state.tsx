// What stands where loading failed: what happened in words, and a way to try again.
import { Show, type JSX } from 'solid-js'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'

/** Tells a missing permission (403) and a missing thing (404) from a fault by the error's `status`; only a fault offers to retry. */
export function ErrorState(props: { error: unknown; retry?: () => void; what?: string; small?: boolean }): JSX.Element {
  const status = () => factOf(props.error, 'status') ?? -1
  const title = () => {
    if (status() === 403) return 'Your role does not open this'
    if (status() === 404) return 'This is not here'
    if (status() === 0) return 'No connection to the server'
    return `${props.what ?? 'This'} could not be loaded`
  }
  const text = () => (status() === 403 ? 'An owner or admin of your studio can change your role under Settings, Members.' : props.error instanceof Error ? props.error.message : String(props.error))
  const trace = () => (Number(status()) >= 500 ? factOf(props.error, 'requestId') : null)
  return (
    <div role="alert">
      <EmptyState small={props.small} drawing={status() === 403 ? 'calm' : status() === 404 ? 'lost' : 'broken'} title={title()} text={<>{text()}<Show when={trace()}><br /><span class="faint">Request {trace()}</span></Show></>}>
        <Show when={props.retry && status() !== 403 && status() !== 404}><Button icon="refresh" onClick={() => props.retry?.()}>Try again</Button></Show>
      </EmptyState>
    </div>
  )
}

function factOf(error: unknown, name: 'status' | 'requestId'): number | string | null {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : null
  return typeof value === 'number' || typeof value === 'string' ? value : null
}

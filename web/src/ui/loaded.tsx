// Loads something and shows the right one of four: skeleton, error with retry, empty, or the thing itself.
import { createEffect, createSignal, onCleanup, Show, untrack, type JSX } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { ErrorState } from './error-state.tsx'
import { Skeleton } from './skeleton.tsx'

export interface Load<T> {
  /** undefined until it came once; rows keep their identity by `id` when it comes again. */
  data: () => T | undefined
  error: () => unknown
  loading: () => boolean
  /** Loads again, keeping what is shown meanwhile. */
  reload: () => Promise<void>
  /** Puts a known new state in place. */
  put: (data: T) => void
}

/** Runs `fetcher` now and whenever a signal it reads changes; an answer that was overtaken is dropped. */
export function createLoad<T>(fetcher: () => Promise<T>): Load<T> {
  const [store, setStore] = createStore<{ data: T | undefined }>({ data: undefined })
  const [error, setError] = createSignal<unknown>(null)
  const [loading, setLoading] = createSignal(true)
  let round = 0
  const put = (data: T) => setStore('data', reconcile(data as never) as never)
  const run = async (coming: Promise<T>) => {
    const mine = ++round
    setLoading(true)
    try {
      const data = await coming
      if (mine !== round) return
      put(data)
      setError(null)
    } catch (failure) {
      if (mine === round) setError(failure ?? new Error('unknown failure'))
    } finally {
      if (mine === round) setLoading(false)
    }
  }
  createEffect(() => { const coming = fetcher(); untrack(() => void run(coming)) })
  onCleanup(() => { round++ })
  return { data: () => store.data, error, loading, reload: () => run(untrack(fetcher)), put }
}

/** `children(data)` draws it. A failed reload keeps what is shown; a failed first load shows the reason. */
export function Loaded<T>(props: { of: Load<T>; what: string; skeleton?: JSX.Element; children: (data: () => T) => JSX.Element }): JSX.Element {
  const there = () => props.of.data() !== undefined
  return (
    <Show when={there()} fallback={<Show when={props.of.error()} fallback={props.skeleton ?? <Skeleton kind="rows" lines={4} label={`Loading ${props.what}`} />}><ErrorState error={props.of.error()} what={capital(props.what)} retry={() => void props.of.reload()} /></Show>}>
      {props.children(() => props.of.data() as T)}
    </Show>
  )
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

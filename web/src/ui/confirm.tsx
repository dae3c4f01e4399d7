// Asks before something is lost: `await askConfirm({...})` says what, and only a clear yes goes on.
import { createSignal, lazy, onMount, Show, Suspense, type JSX } from 'solid-js'

export interface Question {
  title: string
  text?: string
  /** What will be gone, one line each. */
  lost?: readonly string[]
  /** What stays, one line each. */
  kept?: readonly string[]
  /** A verb: "Delete", "Remove Ana". */
  confirm: string
  cancel?: string
  tone?: 'danger' | 'plain'
}
const [asked, setAsked] = createSignal<{ question: Question; answer: (yes: boolean) => void } | null>(null)

/** Shows the dialog and resolves true for the confirming button, false for everything else. */
export function askConfirm(question: Question): Promise<boolean> {
  asked()?.answer(false)
  return new Promise(resolve => setAsked({ question, answer: yes => { setAsked(null); resolve(yes) } }))
}

const load = () => import('./confirm-box.tsx')
const ConfirmBox = lazy(load)

/** Mounted once, at the root of the app. Its code is fetched while the browser has nothing to do. */
export function ConfirmDialog(): JSX.Element {
  // a failed early fetch is no loss: the question itself fetches again
  onMount(() => setTimeout(() => void load().catch((error: unknown) => console.warn('not fetched ahead', error)), 3000))
  return <Show when={asked()} keyed>{({ question, answer }) => <Suspense><ConfirmBox question={question} answer={answer} /></Suspense>}</Show>
}

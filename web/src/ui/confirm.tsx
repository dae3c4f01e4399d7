// Asks before something is lost: `await askConfirm({...})` says what, and only a clear yes goes on.
import { createSignal, For, Show, type JSX } from 'solid-js'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import './confirm.css'

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

/** Mounted once, at the root of the app. */
export function ConfirmDialog(): JSX.Element {
  return <Show when={asked()} keyed>{({ question, answer }) => (
    <Dialog open size="sm" title={question.title} description={question.text} onClose={() => answer(false)}
      footer={<>
        <Button onClick={() => answer(false)} autofocus>{question.cancel ?? 'Cancel'}</Button>
        <Button variant={question.tone === 'plain' ? 'primary' : 'danger'} class={question.tone === 'plain' ? '' : 'confirm-danger'} onClick={() => answer(true)}>{question.confirm}</Button>
      </>}>
      <Show when={question.lost?.length || question.kept?.length}>
        <Lines title="This will be gone" lines={question.lost} />
        <Lines title="This stays" lines={question.kept} />
      </Show>
    </Dialog>
  )}</Show>
}

function Lines(props: { title: string; lines: readonly string[] | undefined }): JSX.Element {
  return <Show when={props.lines?.length}><div class="confirm-lines"><h3>{props.title}</h3><ul><For each={props.lines}>{line => <li>{line}</li>}</For></ul></div></Show>
}

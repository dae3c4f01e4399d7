// The dialog behind askConfirm: what is asked, what will be gone, what stays.
import { For, Show, type JSX } from 'solid-js'
import { Button } from './button.tsx'
import type { Question } from './confirm.tsx'
import { Dialog } from './dialog.tsx'
import './confirm.css'

/** `answer(true)` only for the confirming button. */
export default function ConfirmBox(props: { question: Question; answer: (yes: boolean) => void }): JSX.Element {
  const plain = () => props.question.tone === 'plain'
  return (
    <Dialog open size="sm" title={props.question.title} description={props.question.text} onClose={() => props.answer(false)}
      footer={<>
        <Button onClick={() => props.answer(false)} autofocus>{props.question.cancel ?? 'Cancel'}</Button>
        <Button variant={plain() ? 'primary' : 'danger'} class={plain() ? '' : 'confirm-danger'} onClick={() => props.answer(true)}>{props.question.confirm}</Button>
      </>}>
      <Show when={props.question.lost?.length || props.question.kept?.length}>
        <Lines title="This will be gone" lines={props.question.lost} />
        <Lines title="This stays" lines={props.question.kept} />
      </Show>
    </Dialog>
  )
}

function Lines(props: { title: string; lines: readonly string[] | undefined }): JSX.Element {
  return <Show when={props.lines?.length}><div class="confirm-lines"><h3>{props.title}</h3><ul><For each={props.lines}>{line => <li>{line}</li>}</For></ul></div></Show>
}

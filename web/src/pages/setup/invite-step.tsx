// Third step: a colleague, by link or by mail.
import { createSignal, Show, type JSX } from 'solid-js'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { InviteDialog } from '../settings/invitations.tsx'

export function InviteStep(props: { company: number; reload: () => Promise<void> }): JSX.Element {
  const [open, setOpen] = createSignal(false)
  return (
    <div class="form">
      <Show when={props.company > 0} fallback={<p class="muted">Each person has a login of their own: who is answering is plain to see, and every word has an author.</p>}>
        <Banner tone="good">{props.company === 1 ? 'One colleague is here or invited.' : `${props.company} colleagues are here or invited.`}</Banner>
      </Show>
      <div><Button icon="user-plus" variant={props.company > 0 ? 'secondary' : 'primary'} onClick={() => setOpen(true)}>Invite a colleague</Button></div>
      <InviteDialog open={open()} onClose={() => { setOpen(false); void props.reload() }} />
    </div>
  )
}

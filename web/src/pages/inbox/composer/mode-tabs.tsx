// Reply or note: two radio buttons that look like tabs, since they change what is written and not what is shown.
import { Show, type JSX } from 'solid-js'
import { Icon } from '../../../ui/icon.tsx'
import type { ComposerMode } from '../desk.ts'

export function ModeTabs(props: { mode: ComposerMode; onMode: (mode: ComposerMode) => void; replies: boolean }): JSX.Element {
  return (
    <div class="modes" role="group" aria-label="What to write">
      <Show when={props.replies}><button type="button" class="mode" aria-pressed={props.mode === 'reply'} onClick={() => props.onMode('reply')}>Reply</button></Show>
      <button type="button" class="mode" aria-pressed={props.mode === 'note'} onClick={() => props.onMode('note')}><Icon name="lock" size={16} />Note</button>
    </div>
  )
}

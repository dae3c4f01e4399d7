// Asks before a form with unsaved changes is left, inside the app and when the tab closes.
import { useBeforeLeave } from '@solidjs/router'
import { onCleanup } from 'solid-js'
import { askConfirm } from './confirm.tsx'

/** `dirty` is asked at each attempt to leave. */
export function guardLeaving(dirty: () => boolean): void {
  useBeforeLeave(event => {
    if (!dirty() || event.defaultPrevented) return
    event.preventDefault()
    void askConfirm({ title: 'Leave without saving?', text: 'Your changes on this page are not saved.', confirm: 'Leave', cancel: 'Stay here' }).then(yes => { if (yes) event.retry(true) })
  })
  const beforeUnload = (event: BeforeUnloadEvent) => { if (dirty()) event.preventDefault() }
  addEventListener('beforeunload', beforeUnload)
  onCleanup(() => removeEventListener('beforeunload', beforeUnload))
}

// The time as signals: one timer per pace, stopped while the page is hidden.
import { createSignal } from 'solid-js'

const [second, setSecond] = createSignal(Date.now())
const [minute, setMinute] = createSignal(Date.now())

/** Milliseconds since epoch, moved every second. */
export const nowBySecond = second
/** Milliseconds since epoch, moved every half minute. */
export const nowByMinute = minute

setInterval(() => { if (document.visibilityState === 'visible') setSecond(Date.now()) }, 1_000)
setInterval(() => setMinute(Date.now()), 30_000)
document.addEventListener('visibilitychange', () => {
  setSecond(Date.now())
  setMinute(Date.now())
})

// Calls for attention when something new comes and nobody looks: notification, sound, and the count in the tab's title.
import { createEffect, createSignal, onCleanup } from 'solid-js'
import { counts } from '../../data/counts.ts'
import { onChange } from '../../data/feed.ts'
import { alertOn } from '../../lib/alert-settings.ts'
import { setInboxUnread } from '../../shell/slots.ts'

const quietFor = 1_500 // ms between two sounds
const [place, setPlace] = createSignal('Inbox')
/** What the tab's title says after the count. */
export const setTitle = setPlace

/** Listens as long as the owner lives; `open` shows a conversation. */
export function useAlerts(open: (conversationId: string) => void): void {
  let rungAt = 0
  for (const sign of ['pointerdown', 'keydown']) {
    addEventListener(sign, prime, { once: true })
    onCleanup(() => removeEventListener(sign, prime))
  }
  createEffect(() => {
    const unread = counts()?.unread ?? 0
    setInboxUnread(unread)
    document.title = `${alertOn('badge') && unread > 0 ? `(${unread}) ` : ''}${place()} · Studio OS`
  })
  onCleanup(() => { setInboxUnread(0); document.title = 'Studio OS' })
  onCleanup(onChange('message.created', ({ data }, replayed) => {
    if (!data || replayed || data.message.direction !== 'inbound' || data.message.origin !== 'live') return
    if (document.visibilityState === 'visible' && document.hasFocus()) return
    if (alertOn('sound') && Date.now() - rungAt > quietFor) {
      rungAt = Date.now()
      ring()
    }
    if (alertOn('desktop') && 'Notification' in window && Notification.permission === 'granted') {
      const note = new Notification(data.conversation.contact.name, { body: data.conversation.preview, tag: data.conversation.id, icon: '/favicon.svg' })
      note.onclick = () => {
        window.focus()
        open(data.conversation.id)
        note.close()
      }
    }
  }))
}

let audio: AudioContext | null = null

/** Browsers allow sound only after a first click or key: that is when it is made ready. */
function prime(): void {
  if (alertOn('sound')) audio ??= new AudioContext()
}

/** Two soft tones, made here so that no file must be loaded; silent while the browser allows none. */
function ring(): void {
  if (audio?.state !== 'running') return
  const begin = audio.currentTime + 0.02
  for (const [i, pitch] of [659.25, 880].entries()) {
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.0001, begin + i * 0.12)
    volume.gain.exponentialRampToValueAtTime(0.12, begin + i * 0.12 + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, begin + i * 0.12 + 0.3)
    tone.connect(volume).connect(audio.destination)
    tone.start(begin + i * 0.12)
    tone.stop(begin + i * 0.12 + 0.32)
  }
}

// Says that the device is offline, for as long as it is.
import { createSignal, onCleanup, Show, type JSX } from 'solid-js'
import { Icon } from '../ui/icon.tsx'
import './offline-banner.css'

export function OfflineBanner(): JSX.Element {
  const [offline, setOffline] = createSignal(!navigator.onLine)
  const look = () => setOffline(!navigator.onLine)
  addEventListener('online', look)
  addEventListener('offline', look)
  onCleanup(() => { removeEventListener('online', look); removeEventListener('offline', look) })
  return (
    <div role="status">
      <Show when={offline()}><p class="offline"><Icon name="offline" size={16} />You are offline. What you write is kept here and goes out when the line is back.</p></Show>
    </div>
  )
}

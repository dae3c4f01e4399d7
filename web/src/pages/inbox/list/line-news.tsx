// What the live line has to say: that it is down and when it tries again, and what it caught up with.
import { createEffect, createSignal, on, onCleanup, Show, type JSX } from 'solid-js'
import { lastCaughtUp, lineState, nextTryAt, retryNow } from '../../../data/live.ts'
import { pendingCount } from '../../../data/sending.ts'
import { nowBySecond } from '../../../lib/now.ts'
import { clockWithSeconds } from '../../../lib/times.ts'
import { setLineState } from '../../../shell/slots.ts'
import { Icon } from '../../../ui/icon.tsx'

const newsFor = 8_000

/** The words of a catching up: "Caught up at 14:03:07, 12 new". */
export function caughtUpText(news: { at: number; messages: number | null }): string {
  const what = news.messages === null ? ', list renewed' : news.messages === 0 ? ', nothing missed' : `, ${news.messages} new`
  return `Caught up at ${clockWithSeconds(news.at)}${what}`
}

export function LineNews(): JSX.Element {
  const [fresh, setFresh] = createSignal(false)
  createEffect(on(lastCaughtUp, news => {
    setFresh(news !== null)
    const timer = setTimeout(() => setFresh(false), newsFor)
    onCleanup(() => clearTimeout(timer))
  }))
  createEffect(() => {
    const news = lastCaughtUp()
    if (lineState() === 'offline') setLineState({ tone: 'warn', text: 'Reconnecting', detail: 'The live line is down. What you see may be old.' })
    else if (lineState() === 'connecting') setLineState({ tone: 'warn', text: 'Connecting' })
    else setLineState({ tone: 'good', text: 'Live', detail: news ? caughtUpText(news) : 'New messages appear at once' })
  })
  onCleanup(() => setLineState(null))
  const seconds = () => Math.max(1, Math.ceil(((nextTryAt() ?? 0) - nowBySecond()) / 1000))
  return (
    <div role="status">
      <Show when={lineState() === 'offline'}>
        <p class="line-news line-news-warn"><Icon name="offline" size={16} />
          <span>Not connected{pendingCount() > 0 ? `, ${pendingCount()} waiting to be sent` : ''}. <Show when={nextTryAt()} fallback="Trying…"><span aria-hidden="true">Next try in {seconds()} s.</span></Show></span>
          <Show when={nextTryAt()}><button type="button" onClick={retryNow}>Try now</button></Show>
        </p>
      </Show>
      <Show when={lineState() === 'live' && fresh() && lastCaughtUp()}>{news => <p class="line-news line-news-good"><Icon name="circle-check" size={16} />{caughtUpText(news())}</p>}</Show>
    </div>
  )
}

// Runs inside the page before its own scripts: times socket event → paint and click → paint from the outside, on any page.

/** What the instrument leaves on `window`. Times are ms of the page's clock. */
export interface Instrument {
  /** Starts watching for `text`; call it before the event is sent. */
  watch(text: string): void
  /** Resolves with the time from the socket frame that held `text` to the frame in which it stands in the page. */
  painted(text: string): Promise<number>
  /** Clicks `element` and resolves with the time until `text` stands inside an element that matches `within`. */
  clickToPaint(element: HTMLElement, within: string, text: string): Promise<number>
}

/** Self-contained, since Playwright sends it to the page as text. */
export function instrument(): void {
  const Native = window.WebSocket
  const waiting = new Map<string, { arrived: number; painted: Promise<number> }>()
  window.WebSocket = class extends Native {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      // Registered first, so it runs before any listener of the page.
      this.addEventListener('message', event => {
        const now = performance.now()
        for (const [text, wait] of waiting) if (!wait.arrived && String(event.data).includes(text)) wait.arrived = now
      })
    }
  }
  const nextPaint = (): Promise<number> => new Promise(resolve => requestAnimationFrame(() => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => resolve(performance.now())
    channel.port2.postMessage(null)
  }))
  const appears = (found: () => boolean): Promise<number> => new Promise((resolve, reject) => {
    const timer = setTimeout(() => { observer.disconnect(); reject(new Error('never appeared')) }, 5_000)
    const observer = new MutationObserver(() => {
      if (!found()) return
      observer.disconnect()
      clearTimeout(timer)
      resolve(nextPaint())
    })
    observer.observe(document.body, { childList: true, subtree: true, characterData: true })
  })
  const holds = (selector: string, text: string) => [...document.querySelectorAll(selector)].some(element => element.textContent?.includes(text))
  ;(window as unknown as { bench: Instrument }).bench = {
    watch(text) {
      const wait: { arrived: number; painted: Promise<number> } = { arrived: 0, painted: appears(() => wait.arrived > 0 && holds('body', text)) }
      waiting.set(text, wait)
    },
    async painted(text) {
      const wait = waiting.get(text)!
      const at = await wait.painted
      waiting.delete(text)
      return at - wait.arrived
    },
    async clickToPaint(element, within, text) {
      const at = appears(() => holds(within, text))
      const start = performance.now()
      element.click()
      return await at - start
    },
  }
}

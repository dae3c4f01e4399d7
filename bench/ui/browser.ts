// One headless Chromium for the UI goals: initial JavaScript, socket event → paint, click → painted thread.
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Instrument } from './instrument.ts'
import { instrument } from './instrument.ts'

declare global { interface Window { bench: Instrument } }

/** How to find things on a page; the floor and the product differ only here. */
export interface Screen {
  url: string
  /** Rows of the conversation list, and where the open thread stands. */
  row: string
  thread: string
  /** A text that stands in the thread of this row and nowhere in the thread of another. */
  textOf(row: { text: string }): string
  /** Makes the server send one event whose shown text begins with `text`. */
  send(text: string): Promise<void>
  /** Logs the browser in, where there is a login. */
  enter?(page: Page): Promise<void>
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
}

/** Opens the screen; answers the page and the gzipped bytes (level 9) of all scripts it loaded before it was idle. */
export async function openScreen(browser: Browser, screen: Screen): Promise<{ page: Page; scriptBytes: number }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript(instrument)
  await screen.enter?.(page)
  const scripts: Promise<number>[] = []
  page.on('response', response => {
    if (response.request().resourceType() === 'script') scripts.push(response.body().then(body => gzipSync(body, { level: 9 }).length))
  })
  await page.goto(screen.url)
  await page.waitForSelector(screen.row)
  await page.waitForTimeout(1_000)
  return { page, scriptBytes: (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0) }
}

/** `count` events one after another, ms from socket frame to paint. */
export async function eventsToPaint(page: Page, screen: Screen, count: number): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    const text = `event-${crypto.randomUUID().slice(0, 8)}`
    await page.evaluate(wanted => window.bench.watch(wanted), text)
    await screen.send(text)
    times.push(await page.evaluate(wanted => window.bench.painted(wanted), text))
    await page.waitForTimeout(20 + Math.random() * 40)
  }
  return times
}

/** `count` clicks on visible rows in turn, ms from click to the painted thread. */
export async function clicksToPaint(page: Page, screen: Screen, count: number): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < count; index++) {
    const row = page.locator(screen.row).nth(index % 8)
    const text = screen.textOf({ text: await row.innerText() })
    times.push(await row.evaluate((element, wanted) =>
      window.bench.clickToPaint(element as HTMLElement, wanted.thread, wanted.text), { thread: screen.thread, text }))
    await page.waitForTimeout(20 + Math.random() * 40)
  }
  return times
}

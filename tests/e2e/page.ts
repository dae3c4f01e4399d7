// A browser on the running product: what each page test needs, and what every page must hold (no errors, nothing a screen reader stumbles on).
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { findChromium } from '../../scripts/chromium.ts'
import { builtCopy, freePort, makeProduct, temporaryFolder } from '../support/product.node.ts'
import type { Product } from '../support/product.node.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export interface Stage { product: Product; browser: Browser; close(): Promise<void> }


/** The built product with its simulator, and a browser. */
export async function openStage(): Promise<Stage> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('Chromium is missing: install it or set CHROMIUM_PATH')
  const folder = temporaryFolder('e2e')
  const product = makeProduct({ port: await freePort(), state: `${folder.path}/state`, dist: await builtCopy(folder.path) })
  await product.start()
  const browser = await chromium.launch({ executablePath, args: flags })
  return {
    product, browser,
    async close() {
      await browser.close()
      await product.stop()
      folder.clean()
    },
  }
}

export interface Seat { context: BrowserContext; page: Page; /** Console errors and refused resources since the start, without what a test expects. */ complaints: string[] }

export async function sit(stage: Stage, look: { width?: number; height?: number; scheme?: 'light' | 'dark' } = {}): Promise<Seat> {
  const context = await stage.browser.newContext({ baseURL: stage.product.origin, viewport: { width: look.width ?? 1440, height: look.height ?? 900 }, colorScheme: look.scheme ?? 'light', locale: 'en-GB', timezoneId: 'Europe/Madrid' })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(`error: ${error.message}`))
  page.on('console', message => {
    // Answers are judged below, by their address; a 401 is how a browser without a session learns that it has none.
    if (message.type() === 'error' && !/status of \d+/.test(message.text())) complaints.push(`console: ${message.text()}`)
  })
  page.on('response', async response => {
    if (response.status() >= 400 && response.status() !== 401) complaints.push(`${response.status()} ${response.request().method()} ${response.url()} ${(await response.text().catch(() => '')).slice(0, 200)}`)
  })
  return { context, page, complaints }
}

/** Serious and critical findings of axe, one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  // What is still fading in has not its own colours yet.
  await page.evaluate(() => Promise.all(document.getAnimations().filter(each => each.effect?.getComputedTiming().iterations !== Infinity).map(each => each.finished.catch(() => undefined))))
  // A session of the debugger may evaluate what the page's own CSP forbids the page.
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const runner = (globalThis as unknown as { axe: { run(where: Document, options: unknown): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } }).axe
    const { violations } = await runner.run(document, { resultTypes: ['violations'] })
    return violations.filter(each => each.impact === 'serious' || each.impact === 'critical').map(each => `${each.impact} ${each.id}: ${each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`)
  })
}

/** Speaks to the simulator as its control API does. */
export async function play<T = any>(stage: Stage, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${stage.product.origin}/simulator/api/${path}`, body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`simulator ${path}: ${response.status} ${await response.text()}`)
  return await response.json() as T
}

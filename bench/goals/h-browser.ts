// Goal (h): the inbox in a browser: bytes of script, socket event → paint, click → painted thread, against the Solid floor.
import { type Finding, show } from '../finding.ts'
import type { Harness } from '../harness.ts'
import { webhookBody, sign } from '../load/message.ts'
import { median, medianRatio, percentiles } from '../load/percentiles.ts'
import { inboxScreen, newStudio, productTarget } from '../product.ts'
import { clicksToPaint, eventsToPaint, openBrowser, openScreen, type Screen } from '../ui/browser.ts'

const CONVERSATIONS = 10_000
const FILL_RATE = 250
const MOST_SCRIPT_KB = 60

export async function run(harness: Harness): Promise<Finding[]> {
  const floor = floorScreen((await harness.floor('ui')).url)
  const product = await harness.product()
  const studio = await newStudio(product, 'inbox')
  const target = await productTarget('fill', product, studio, 0)
  target.sender.contacts = CONVERSATIONS
  await harness.load.open(target)
  const filled = await harness.load.block('fill', FILL_RATE, (harness.quick ? 500 : CONVERSATIONS) / FILL_RATE)
  if (filled.refused) throw new Error(`${filled.refused} messages refused while filling the inbox`)

  let contact = 0
  const ours = inboxScreen(product, studio, async text => {
    const body = webhookBody({ ...target.sender, contacts: CONVERSATIONS }, 'screen', contact++ * 37, text)
    const response = await fetch(target.sender.url, { method: 'POST', body, headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': sign(body, studio.secret) } })
    if (!response.ok) throw new Error(`webhook answered ${response.status}`)
  })

  const browser = await openBrowser()
  try {
    const screens = { floor, ours }
    const opened = { floor: await openScreen(browser, floor), ours: await openScreen(browser, ours) }
    const rounds = harness.quick ? 2 : 5
    const events: Record<'floor' | 'ours', number[]> = { floor: [], ours: [] }
    const clicks: Record<'floor' | 'ours', number[]> = { floor: [], ours: [] }
    for (let round = 0; round <= rounds; round++) {
      for (const side of ['floor', 'ours'] as const) {
        await opened[side].page.bringToFront()
        const event = percentiles(await eventsToPaint(opened[side].page, screens[side], harness.quick ? 20 : 60)).p95
        const click = percentiles(await clicksToPaint(opened[side].page, screens[side], harness.quick ? 20 : 60)).p95
        // The first round only warms the pages up.
        if (round > 0) { events[side].push(event); clicks[side].push(click) }
      }
    }
    const pair = (times: Record<'floor' | 'ours', number[]>) => `ours ${show(median(times.ours), 'ms')}, floor ${show(median(times.floor), 'ms')}`
    return [
      { goal: 'h', figure: 'initial JavaScript of the inbox, gzipped', measured: opened.ours.scriptBytes / 1000, limit: MOST_SCRIPT_KB, unit: 'KB', detail: `floor ${show(opened.floor.scriptBytes / 1000, 'KB')}` },
      { goal: 'h', figure: 'socket event → paint p95, ours / Solid floor', measured: medianRatio(events.ours, events.floor), limit: 2, unit: '×', detail: pair(events) },
      { goal: 'h', figure: 'click → painted thread p95, ours / Solid floor', measured: medianRatio(clicks.ours, clicks.floor), limit: 2, unit: '×', detail: pair(clicks) },
    ]
  } finally {
    await browser.close()
  }
}

/** The floor's page: 500 conversations; an event moves one of them to the top. */
function floorScreen(url: string): Screen {
  let row = 0
  return {
    url: `${url}/?rows=500`, row: '[data-conversation]', thread: '[data-thread]',
    textOf: ({ text }) => text.split('\n').at(-1)!.trim(),
    async send(text) { await fetch(`${url}/webhook/a`, { method: 'POST', body: JSON.stringify({ id: `c${row++ % 500}`, text }) }) },
  }
}

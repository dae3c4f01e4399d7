// The phone page in a real browser: a customer writes, the studio answers, ticks turn blue, at 390 px and accessible.

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSimulator, until, type Running } from './start-simulator.ts'

const number = '106540352242922'
let simulator: Running
let browser: Browser
let page: Page
const troubles: string[] = []

beforeAll(async () => {
  simulator = await startSimulator()
  await simulator.call('PATCH', '/api/settings', { status_delay_ms: [5, 20] })
  await simulator.call('PUT', `/api/whatsapp/${number}`, { verified_name: 'Studio One' })
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
  page = await browser.newPage({ viewport: { width: 390, height: 800 } })
  page.on('console', message => { if (message.type() === 'error') troubles.push(message.text()) })
  page.on('pageerror', error => troubles.push(String(error)))
}, 90_000)
afterAll(async () => {
  await browser.close()
  await simulator.stop()
})

const studio = (body: object) => simulator.call('POST', `/graph/v26.0/${number}/messages`, { messaging_product: 'whatsapp', to: '+34600111222', ...body }, { authorization: 'Bearer sim-t' })
const last = async () => (await simulator.call('GET', `/api/whatsapp/${number}/chat/ana`)).json.messages?.at(-1)

test('a customer writes, reads, taps a button and reacts', async () => {
  await page.goto(simulator.base)
  await page.locator('.chat-row').click()
  await page.getByLabel('Message', { exact: true }).fill('¿Hay sitio? 💃')
  await page.keyboard.press('Enter')
  await page.locator('.bubble.mine').waitFor()
  const asked = await until(() => simulator.hooks.find(hook => hook.raw.includes('Hay sitio')))
  const wamid = JSON.parse(asked.raw).entry[0].changes[0].value.messages[0].id
  await studio({ status: 'read', message_id: wamid, typing_indicator: { type: 'text' } })
  await page.locator('.ticks.read').waitFor()
  await page.getByText('typing…').waitFor()
  await studio({ type: 'interactive', interactive: { type: 'button', body: { text: 'Free trial?' }, action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes please' } }] } } })
  await page.getByRole('button', { name: 'Yes please' }).click()
  await until(() => simulator.hooks.some(hook => hook.raw.includes('button_reply')))
  await until(() => simulator.hooks.some(hook => hook.raw.includes('"status":"read"')))
  await page.locator('.bubble.theirs .more').click()
  await page.getByRole('button', { name: 'React 👍' }).click()
  await page.locator('.reactions').waitFor()
  expect(await last()).toMatchObject({ kind: 'reaction', body: { reaction: { emoji: '👍' } } })
})

test('without a microphone a sample voice note is sent, and it plays', async () => {
  await page.getByRole('button', { name: 'Record a voice note' }).click()
  await page.locator('audio').waitFor()
  const length = await page.locator('audio').evaluate((audio: HTMLAudioElement) => new Promise(resolve => {
    audio.addEventListener('loadedmetadata', () => resolve(audio.duration))
    audio.addEventListener('error', () => resolve(-1))
    audio.load()
  }))
  expect(length).toBeGreaterThan(1)
})

test('nothing sticks out at 390 px, axe finds no violation, the strict policy blocked nothing', async () => {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  // Evaluated in the page by the debugger, which no content policy forbids.
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // What is still fading in has not its own colours yet.
    await page.evaluate(() => Promise.all(document.getAnimations().filter(each => each.effect?.getComputedTiming().iterations !== Infinity).map(each => each.finished.catch(() => undefined))))
    const found = await page.evaluate('axe.run().then(result => result.violations.map(one => one.id + ": " + one.nodes.map(node => node.html).join(" ")))')
    expect(found, colorScheme).toEqual([])
  }
  expect(troubles).toEqual([])
  const answer = await simulator.call('GET', '')
  expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self'; style-src 'self'/)
  expect(answer.text).not.toMatch(/<style|style=|<script(?![^>]*src)|\son\w+=/)
})

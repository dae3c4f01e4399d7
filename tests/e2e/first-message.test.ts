// The promise of the product, tried as a new owner would: sign up, connect the simulator, be written to, answer, be read.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, play, sit } from './page.ts'
import type { Stage } from './page.ts'

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const expectText = async (stage_: Stage, number: string, customer: string, text: string) => {
  await expect.poll(async () => JSON.stringify(await play(stage_, `whatsapp/${number}/chat/${customer}`)), { timeout: 15_000 }).toContain(text)
}

test('an owner signs up, sees the first message live, answers, and the answer is delivered', async () => {
  const { page, complaints } = await sit(stage)
  await page.goto('/register')
  await page.getByLabel('Name of the studio').fill('Paso a Paso')
  await page.getByLabel('Your name').fill('Ines Paso')
  await page.getByLabel('E-mail').fill('ines@paso.example')
  await page.getByLabel('Password', { exact: true }).fill('one step after another')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/setup**')
  await page.getByRole('button', { name: 'Use the simulator' }).click()
  await page.getByText('Waiting', { exact: false }).first().waitFor()
  const { data } = await page.evaluate(async () => (await fetch('/api/integrations/status')).json() as Promise<{ data: { integrations: { external_id: string }[] } }>)
  const number = data.integrations[0]?.external_id ?? ''
  await play(stage, `whatsapp/${number}/inbound`, { persona: 'ana', kind: 'text', text: 'Hello! Do you have a trial class? 🩰' })
  await page.getByText('Ana', { exact: false }).first().waitFor()

  await page.goto('/inbox')
  await page.getByText('Do you have a trial class?').first().click()
  await page.getByRole('log').getByText('Hello! Do you have a trial class? 🩰').waitFor()
  await play(stage, `whatsapp/${number}/inbound`, { persona: 'ana', kind: 'text', text: 'For my daughter, she is 6' })
  await page.getByRole('log').getByText('For my daughter, she is 6').waitFor({ timeout: 5_000 })

  await page.getByRole('textbox', { name: /Reply to/ }).fill('Yes, on Wednesday at five.')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('log').getByText('Yes, on Wednesday at five.').waitFor()
  await expectText(stage, number, 'ana', 'Yes, on Wednesday at five.')
  await expect.poll(async () => (await page.evaluate(async () => {
    const list = await (await fetch('/api/conversations')).json() as { data: { id: string }[] }
    const thread = await (await fetch(`/api/conversations/${list.data[0]?.id ?? ''}/messages`)).json() as { data: { direction: string; status: string }[] }
    return thread.data.filter(message => message.direction === 'outbound').map(message => message.status)
  })), { timeout: 15_000 }).toEqual([expect.stringMatching(/delivered|read/)])
  expect(complaints).toEqual([])
})

test('X1 what a customer calls himself and writes is shown and never run', async () => {
  const { page, complaints } = await sit(stage)
  await page.goto('/login')
  await page.getByLabel('E-mail').fill('ines@paso.example')
  await page.getByLabel('Password', { exact: true }).fill('one step after another')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/inbox**')
  const { data } = await page.evaluate(async () => (await fetch('/api/integrations/status')).json() as Promise<{ data: { integrations: { external_id: string }[] } }>)
  const hostile = '<img src=x onerror="window.hurt=1"><svg onload="window.hurt=1"></script>{{7*7}}'
  await play(stage, 'personas', { id: 'mallory', name: hostile, phone: '+34600999888' })
  await play(stage, `whatsapp/${data.integrations[0]?.external_id ?? ''}/inbound`, { persona: 'mallory', kind: 'text', text: hostile })
  await page.getByText('{{7*7}}').first().click()
  await page.getByRole('log').getByText('{{7*7}}').first().waitFor()
  expect(await page.evaluate(() => (globalThis as { hurt?: number }).hurt)).toBeUndefined()
  expect(await page.title()).not.toContain('<script')
  expect(complaints).toEqual([])
})

test('a message written while the line is down waits, survives a reload, and goes out once', async () => {
  const { context, page } = await sit(stage)
  await page.goto('/login')
  await page.getByLabel('E-mail').fill('ines@paso.example')
  await page.getByLabel('Password', { exact: true }).fill('one step after another')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/inbox**')
  await page.getByText('Yes, on Wednesday at five.').first().click()
  const box = page.getByRole('textbox', { name: /Reply to/ })
  await box.waitFor()
  // Only what carries messages is cut, so that the page itself can be loaded again.
  await context.route('**/api/conversations/*/messages', route => (route.request().method() === 'POST' ? route.abort('internetdisconnected') : route.continue()))
  await box.fill('Written in a tunnel')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('log').getByText('Written in a tunnel').waitFor()
  await page.reload()
  await page.getByRole('log').getByText('Written in a tunnel').waitFor()
  await context.unroute('**/api/conversations/*/messages')
  await page.reload()
  const number = await page.evaluate(async () => ((await (await fetch('/api/integrations/status')).json()) as { data: { integrations: { external_id: string }[] } }).data.integrations[0]?.external_id ?? '')
  await expectText(stage, number, 'ana', 'Written in a tunnel')
  const { doubles } = await play<{ doubles: Record<string, number> }>(stage, 'sends')
  expect(doubles).toEqual({})
})

// Every page, wide and narrow, light and dark: loads, complains of nothing, and axe finds nothing serious.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { axeFindings, openStage, play, sit } from './page.ts'
import type { Seat, Stage } from './page.ts'

const open = ['/', '/login', '/register', '/forgot', '/nowhere']
const inside = ['/inbox', '/contacts', '/knowledge', '/settings', '/settings/members', '/settings/connections', '/settings/templates', '/settings/labels', '/settings/assistant', '/settings/notifications', '/settings/account', '/settings/jobs', '/settings/audit']
const looks = [{ width: 1440, height: 900, scheme: 'light' as const }, { width: 390, height: 844, scheme: 'dark' as const }]

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  const seat = await sit(stage)
  await seat.page.goto('/register')
  await seat.page.evaluate(async () => {
    const send = (path: string, body: unknown) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    await send('/api/auth/register', { studio_name: 'Every Page', name: 'Eve Page', email: 'eve@page.example', password: 'turning page by page' })
    await send('/api/integrations/connect/whatsapp', { simulator: true })
    await send('/api/knowledge', { title: 'Trial class', content: 'A trial class costs 12 €.', category: 'trial' })
    await send('/api/labels', { name: 'Trial', color: '#8e3b75' })
  })
  const number = await seat.page.evaluate(async () => ((await (await fetch('/api/integrations/status')).json()) as { data: { integrations: { external_id: string }[] } }).data.integrations[0]?.external_id ?? '')
  for (const kind of ['text', 'image', 'location', 'voice']) await play(stage, `whatsapp/${number}/inbound`, { persona: 'ana', kind, ...(kind === 'text' ? { text: 'How much is a trial class?' } : {}) })
  await seat.context.close()
})
afterAll(() => stage.close())

async function logIn({ page }: Seat): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('E-mail').fill('eve@page.example')
  await page.getByLabel('Password', { exact: true }).fill('turning page by page')
  await page.keyboard.press('Enter')
  await page.waitForURL(/inbox|setup/)
}

for (const look of looks) {
  test(`pages hold at ${look.width} px, ${look.scheme}`, async () => {
    const seat = await sit(stage, look)
    const findings: string[] = []
    const visit = async (path: string) => {
      await seat.page.goto(path)
      await seat.page.waitForLoadState('networkidle', { timeout: 4_000 }).catch(() => undefined)
      findings.push(...(await axeFindings(seat.page)).map(finding => `${path} ${finding}`))
      const wider = await seat.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (wider > 1) findings.push(`${path} is ${wider} px wider than the window`)
    }
    for (const path of open) await visit(path)
    await logIn(seat)
    for (const path of inside) await visit(path)
    await seat.page.goto('/inbox')
    await seat.page.getByText('Ana', { exact: false }).first().click()
    await seat.page.getByRole('log').waitFor()
    findings.push(...(await axeFindings(seat.page)).map(finding => `thread ${finding}`))
    expect(findings).toEqual([])
    expect(seat.complaints).toEqual([])
  })
}

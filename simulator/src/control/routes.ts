// The control API shared by all providers: personas, sends, faults, logs, settings, reset.

import { Hono } from 'hono'
import { addFaults, clearFaults, listFaults, toRule } from '../faults.ts'
import { isObject, type Json } from '../json.ts'
import { listPersonas, putPersona } from '../personas.ts'
import { changeSettings, readSettings } from '../settings.ts'
import type { World } from '../world.ts'

export function controlRoutes(world: World): Hono {
  const app = new Hono()
  const read = (request: Request): Promise<unknown> => request.json().catch(() => undefined)
  app.get('/health', c => c.json({ ok: true }))
  app.get('/personas', c => c.json({ data: listPersonas(world) }))
  app.post('/personas', async c => {
    const body = await read(c.req.raw)
    if (!isObject(body)) return c.json({ error: 'a JSON object is required' }, 400)
    return savePersona(world, typeof body.id === 'string' ? body.id : `c${crypto.randomUUID().slice(0, 8)}`, body)
  })
  app.put('/personas/:id', async c => {
    const body = await read(c.req.raw)
    return isObject(body) ? savePersona(world, c.req.param('id'), body) : c.json({ error: 'a JSON object is required' }, 400)
  })
  app.get('/sends', c => c.json(readSends(world, c.req.query())))
  app.get('/faults', c => c.json({ data: listFaults(world.store) }))
  app.post('/faults', async c => {
    const body = await read(c.req.raw)
    const listed = isObject(body) && Array.isArray(body.rules) ? body.rules : [body]
    const rules = listed.map(toRule)
    if (rules.some(rule => !rule)) return c.json({ error: 'each rule needs an effect object' }, 422)
    return c.json({ ids: addFaults(world.store, rules.filter(rule => rule !== undefined)) }, 201)
  })
  app.delete('/faults', c => {
    clearFaults(world.store)
    return c.json({ ok: true })
  })
  app.get('/settings', c => c.json(readSettings(world.store)))
  app.patch('/settings', async c => {
    const body = await read(c.req.raw)
    return c.json(changeSettings(world.store, isObject(body) ? body : {}))
  })
  app.get('/requests', c => c.json({ data: newest(world, 'requests', c.req.query()) }))
  app.get('/webhooks', c => c.json({ data: newest(world, 'webhooks', c.req.query()), waiting: world.store.first<{ n: number }>(`SELECT COUNT(*) AS n FROM timers`)?.n ?? 0 }))
  app.post('/reset', c => {
    world.store.wipe()
    return c.json({ ok: true })
  })
  return app
}

function savePersona(world: World, id: string, body: Json): Response {
  try {
    return Response.json(putPersona(world, id, body), { status: 201 })
  } catch (error) {
    return Response.json({ error: `phone or user_id belongs to another persona: ${String(error)}` }, { status: 409 })
  }
}

/** Accepted sends, newest first; `by_tag` counts each tag over ALL sends that match, `doubles` those above one. */
function readSends(world: World, query: Record<string, string>): Json {
  const where = `(?1 = '' OR provider = ?1) AND (?2 = '' OR tag = ?2) AND (?3 = '' OR account = ?3) AND n > ?4`
  const values = [query.provider ?? '', query.tag ?? '', query.account ?? '', Number(query.after ?? 0)] as const
  const rows = world.store.all<{ body: string }>(`SELECT * FROM sends WHERE ${where} ORDER BY n DESC LIMIT ${Math.min(Number(query.limit ?? 500) || 500, 10_000)}`, ...values)
  const counts = world.store.all<{ tag: string; times: number }>(`SELECT tag, COUNT(*) AS times FROM sends WHERE tag IS NOT NULL AND ${where} GROUP BY tag`, ...values)
  const total = world.store.first<{ n: number }>(`SELECT COUNT(*) AS n FROM sends WHERE ${where}`, ...values)?.n ?? 0
  return {
    data: rows.map(row => ({ ...row, body: JSON.parse(row.body) })), total,
    by_tag: Object.fromEntries(counts.map(row => [row.tag, row.times])), doubles: Object.fromEntries(counts.filter(row => row.times > 1).map(row => [row.tag, row.times])),
  }
}

function newest(world: World, table: 'requests' | 'webhooks', query: Record<string, string>): Json[] {
  return world.store.all<{ n: number; provider: string; body: string }>(`SELECT * FROM ${table} WHERE (?1 = '' OR provider = ?1) AND n > ?2 ORDER BY n DESC LIMIT ?3`,
    query.provider ?? '', Number(query.after ?? 0), Math.min(Number(query.limit ?? 200) || 200, 5_000))
}

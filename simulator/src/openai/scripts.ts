// Answers the control API has laid down for the model, taken before anything is made up.

import { isObject, listAt, objectAt, textAt, type Json } from '../json.ts'
import type { World } from '../world.ts'
import type { Prompt } from './prompt.ts'

export interface Script {
  /** Every named part must occur: `text` anywhere in the prompt, `system`, `user`, `model`; `schema` is the json_schema's name. */
  match?: { text?: string; system?: string; user?: string; model?: string; schema?: string }
  /** How many requests it answers; null or missing: all. */
  times?: number | null
  answer: {
    text?: string
    /** Sent as the message's text, so it can be JSON that no schema allows. */
    json?: unknown
    tool_calls?: { name: string; arguments: unknown }[]
    refusal?: string
    finish_reason?: string
    delay_ms?: number
    chunk_delay_ms?: number
  }
}

export function addScripts(world: World, value: unknown): number {
  const scripts = isObject(value) && Array.isArray(value.scripts) ? value.scripts : [value]
  const valid = scripts.filter(script => isObject(script) && isObject(script.answer)) as Json[]
  for (const script of valid) world.store.run('INSERT INTO answers (body, remaining) VALUES (?, ?)', JSON.stringify(script), typeof script.times === 'number' ? script.times : null)
  return valid.length
}

/** The first script that fits and is not used up, counted down. */
export function takeScript(world: World, prompt: Prompt, body: Json): Script | undefined {
  for (const row of world.store.all<{ n: number; body: string }>('SELECT n, body FROM answers WHERE remaining IS NULL OR remaining > 0 ORDER BY n')) {
    const script: Script = JSON.parse(row.body)
    if (!fits(script.match ?? {}, prompt, body)) continue
    world.store.run('UPDATE answers SET remaining = remaining - 1 WHERE n = ? AND remaining IS NOT NULL', row.n)
    return script
  }
  return undefined
}

function fits(match: NonNullable<Script['match']>, prompt: Prompt, body: Json): boolean {
  const tools = listAt(body, 'tools').filter(isObject).map(tool => textAt(objectAt(tool, 'function'), 'name'))
  const schema = textAt(objectAt(objectAt(body, 'response_format'), 'json_schema'), 'name')
  return (match.text === undefined || prompt.all.includes(match.text)) && (match.system === undefined || prompt.system.includes(match.system))
    && (match.user === undefined || prompt.user.includes(match.user)) && (match.model === undefined || prompt.model === match.model)
    && (match.schema === undefined || schema === match.schema || tools.includes(match.schema))
}

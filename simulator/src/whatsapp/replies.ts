// Customers that answer by themselves: the next step of a persona's script after each message from the business.

import { isObject, numberAt, textAt } from '../json.ts'
import { findPersona } from '../personas.ts'
import type { World } from '../world.ts'
import { ensureAccount } from './accounts.ts'
import { changePair, readPair, type Bubble } from './chat.ts'
import { sendInbound } from './inbound.ts'

/** Schedules the persona's next scripted step, each step once per number. */
export async function playReply(world: World, bubble: Bubble): Promise<void> {
  const persona = findPersona(world, bubble.persona)
  const at = readPair(world, bubble.account, bubble.persona).script_at
  const step = persona?.script?.[at]
  if (!persona || !isObject(step) || bubble.kind === 'reaction') return
  changePair(world, bubble.account, bubble.persona, { script_at: at + 1 })
  await world.timers.later(numberAt(step, 'delay_ms') ?? 2_000, 'whatsapp.reply', { account: bubble.account, persona: persona.id, answers: bubble.id, spec: { message_id: bubble.id, ...step } })
}

export function onReplyTimer(world: World): void {
  world.timers.on('whatsapp.reply', async timer => {
    if (!isObject(timer.spec)) return
    await sendInbound(world, ensureAccount(world, textAt(timer, 'account') ?? ''), { ...timer.spec, persona: textAt(timer, 'persona') })
  })
}

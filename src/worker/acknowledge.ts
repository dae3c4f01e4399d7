// Tells the provider that we have read: best effort, after the answer, never a promise to anybody.
import { channelContext } from '../channels/context.ts'
import { channelOf } from '../channels/registry.ts'
import type { Scope } from '../db/open-studio.ts'
import { newestInbound } from '../domain/conversations/change-conversation.ts'
import { openAccount } from '../domain/integrations/account.ts'
import { describe, log } from '../platform/log.ts'
import type { Call } from './route.ts'

/** `upTo`: seq of the newest message that was seen. `typing` shows that we write, for up to 25 s or until a message is sent. */
export interface Seen { upTo: number; typing: boolean }

const typingMs = 20_000
const rememberedAtMost = 2_000
/** What this isolate has told last, by conversation: another isolate may tell it once more, which harms nobody. */
const told = new Map<string, { externalId: string; typingUntil: number }>()

export function acknowledgeLater(call: Call, scope: Scope, conversationId: string, seen: Seen): void {
  call.waitUntil(acknowledge(call, scope, conversationId, seen).catch((error: unknown) => log('debug', 'acknowledge.failed', { error: describe(error) })))
}

async function acknowledge(call: Call, scope: Scope, conversationId: string, { upTo, typing }: Seen): Promise<void> {
  const newest = await newestInbound(scope, conversationId, upTo)
  if (newest === undefined) return
  const key = `${scope.studio.id}|${conversationId}`
  const before = told.get(key)
  if (before?.externalId === newest.externalId && (!typing || before.typingUntil > call.now)) return
  const account = await openAccount(scope, newest.accountId)
  if (account === undefined) return
  if (told.size >= rememberedAtMost) told.clear()
  told.set(key, { externalId: newest.externalId, typingUntil: typing ? call.now + typingMs : before?.typingUntil ?? 0 })
  await channelOf(account.channel)?.acknowledge?.(newest.externalId, typing, account, channelContext(call.env, call.config, call.now))
}

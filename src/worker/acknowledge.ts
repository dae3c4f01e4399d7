// Tells the provider that we have read: best effort, after the answer, never a promise to anybody.
import { channelContext } from '../channels/context.ts'
import { channelOf } from '../channels/registry.ts'
import type { Scope } from '../db/open-studio.ts'
import { newestInbound } from '../domain/conversations/change-conversation.ts'
import { openAccount } from '../domain/integrations/account.ts'
import { describe, log } from '../platform/log.ts'
import type { Call } from './route.ts'

export function acknowledgeLater(call: Call, scope: Scope, conversationId: string): void {
  call.waitUntil(acknowledge(call, scope, conversationId).catch((error: unknown) => log('debug', 'acknowledge.failed', { error: describe(error) })))
}

async function acknowledge(call: Call, scope: Scope, conversationId: string): Promise<void> {
  const newest = await newestInbound(scope, conversationId)
  const account = newest === undefined ? undefined : await openAccount(scope, newest.accountId)
  if (newest === undefined || account === undefined) return
  await channelOf(account.channel)?.acknowledge?.(newest.externalId, false, account, channelContext(call.env, call.config, call.now))
}

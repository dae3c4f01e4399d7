// Every kind of job and what runs it. A new kind is a line here.
import { makeAssistant } from '../assistant/assistant.ts'
import { channelContext, outbound } from '../channels/context.ts'
import { makeSendgridMailer } from '../channels/email/sendgrid-mailer.ts'
import { providersOf } from '../channels/provider.ts'
import { channelOf } from '../channels/registry.ts'
import type { ClaimedJob, JobEnd } from '../db/jobs.ts'
import type { Scope } from '../db/open-studio.ts'
import type { Write } from '../db/statement.ts'
import { searchOf } from '../db/relay.ts'
import { eraseMedia } from '../domain/attachments/erase-media.ts'
import { fetchMedia } from '../domain/attachments/fetch-media.ts'
import { sweepUpload } from '../domain/attachments/store-upload.ts'
import { scrubReceipts } from '../domain/contacts/scrub-receipts.ts'
import { unsnooze } from '../domain/conversations/change-conversation.ts'
import { think } from '../domain/assistant/think.ts'
import { checkHealthJob } from '../domain/integrations/check-health.ts'
import { sweepIntegration } from '../domain/integrations/sweep-integration.ts'
import { syncTemplatesJob } from '../domain/integrations/sync-templates.ts'
import { sendReaction, takeBack } from '../domain/messages/react.ts'
import { receiveKept } from '../domain/messages/receive-later.ts'
import { sendMessage } from '../domain/messages/send-message.ts'
import type { SendTools } from '../domain/messages/send-message.ts'
import { giveUp } from '../domain/messages/send-outcome.ts'
import { unpark } from '../domain/messages/unpark.ts'
import { sendMail } from '../domain/members/send-mail.ts'
import type { Bindings } from '../platform/bindings.ts'
import { minute, now as clock, second } from '../platform/clock.ts'

export interface JobHandler {
  leaseMs: number
  maxAttempts: number
  run(scope: Scope, job: ClaimedJob, env: Bindings): Promise<JobEnd>
  /** What else must be written in the batch in which the job is given up: whatever waited for it. */
  atDeath?(job: ClaimedJob, reason: string): Write[]
}

export const handlers: Record<string, JobHandler> = {
  send: { leaseMs: 45 * second, maxAttempts: 50, run: (scope, job, env) => sendMessage(scope, job, sendTools(scope, env)), atDeath: giveUp },
  react: { leaseMs: 45 * second, maxAttempts: 6, run: (scope, job, env) => sendReaction(scope, job, sendTools(scope, env)), atDeath: takeBack },
  think: { leaseMs: minute, maxAttempts: 6, run: (scope, job, env) => think(scope, job, { assistant: makeAssistant(scope.config, outbound(env, scope.config)) }) },
  unsnooze: { leaseMs: 30 * second, maxAttempts: 20, run: unsnooze },
  unpark: { leaseMs: 30 * second, maxAttempts: 200, run: unpark },
  'mail.send': { leaseMs: 45 * second, maxAttempts: 20, run: (scope, job, env) => sendMail(scope, job, makeSendgridMailer(scope.config, channelContext(env, scope.config, scope.now).fetch)) },
  'templates.sync': { leaseMs: minute, maxAttempts: 8, run: (scope, job, env) => syncTemplatesJob(scope, job, providersOf(env, scope.config)) },
  'health.check': { leaseMs: minute, maxAttempts: 20, run: (scope, job, env) => checkHealthJob(scope, job, providersOf(env, scope.config)) },
  'integration.sweep': { leaseMs: minute, maxAttempts: 20, run: sweepIntegration },
  'media.fetch': { leaseMs: 3 * minute, maxAttempts: 1000, run: (scope, job, env) => fetchMedia(scope, job, { bucket: env.MEDIA, providers: providersOf(env, scope.config) }) },
  'media.erase': { leaseMs: minute, maxAttempts: 20, run: (scope, job, env) => eraseMedia(scope, job, env.MEDIA) },
  'media.sweep': { leaseMs: minute, maxAttempts: 20, run: (scope, job, env) => sweepUpload(scope, job, env.MEDIA) },
  'contact.scrub': { leaseMs: 10 * minute, maxAttempts: 20, run: (scope, job, env) => scrubReceipts(scope, job, { bucket: env.MEDIA, forgetInSearch: () => searchOf(env, scope.studio.id).catchUp(scope.studio.id) }) },
  receipt: { leaseMs: 5 * minute, maxAttempts: 20, run: takeApart },
}

function sendTools(scope: Scope, env: Bindings): SendTools {
  return {
    async send(message, account) {
      const channel = channelOf(account.channel)
      if (channel === undefined) return { outcome: 'rejected', error: { code: 'no_channel', reason: 'This channel is not available.', verdict: 'reject', next: 'Answer on another channel.' } }
      return channel.send(message, account, channelContext(env, scope.config, clock()))
    },
    async openFile(key) {
      const file = await env.MEDIA.get(key)
      if (file === null) throw new Error('the stored file is gone')
      return file.body
    },
  }
}

async function takeApart(scope: Scope, job: ClaimedJob, env: Bindings): Promise<JobEnd> {
  return receiveKept(scope, job, async (key, type) => {
    const text = await (await env.MEDIA.get(key))?.text()
    const channel = channelOf(type)
    if (text === undefined || channel === undefined) return null
    // One account's share of several is kept as a list of bodies.
    const bodies = text.startsWith('[') ? (JSON.parse(text) as unknown[]).map(body => JSON.stringify(body)) : [text]
    return bodies.flatMap(body => channel.parcels({ method: 'POST', url: '', headers: new Headers(), body: new Uint8Array(new TextEncoder().encode(body)) })).flatMap(parcel => parcel.events)
  })
}

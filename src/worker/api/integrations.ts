// Connecting channels: what can be connected, what is, and how it fares.
import { z } from 'zod'
import type { Channel } from '../../channels/channel.ts'
import { providerOf, providersOf } from '../../channels/provider.ts'
import { channelByProvider, channelOf, channels } from '../../channels/registry.ts'
import { id } from '../../contract/common.ts'
import { connectBody, connected, integration, integrationStatus, testSendBody } from '../../contract/workspace.ts'
import type { Integration, ProviderInfo } from '../../contract/workspace.ts'
import { checkHealth } from '../../domain/integrations/check-health.ts'
import { connectAccount } from '../../domain/integrations/connect.ts'
import { disconnectAccount } from '../../domain/integrations/disconnect.ts'
import { listIntegrations, readIntegration } from '../../domain/integrations/list-integrations.ts'
import type { StoredIntegration } from '../../domain/integrations/list-integrations.ts'
import { testSend } from '../../domain/integrations/test-send.ts'
import { invalid, notFound } from '../../platform/problem.ts'
import { relayLater } from '../mount.ts'
import { studioRoute } from '../route.ts'
import type { Call, Route } from '../route.ts'
import { settledTest, testAnswer } from '../test-answer.ts'
import { validate } from '../validate.ts'
import { forgetSecrets } from '../webhook-secrets.ts'

const byProvider = z.object({ provider: z.string().max(40) })
const byId = z.object({ id })

export const routes: Route[] = [
  studioRoute({
    method: 'GET', path: '/api/integrations/status', summary: 'Channels that can be connected, and connected accounts with their health', answer: integrationStatus, access: 'integrations.read',
    handle: async (call, _, scope) => ({ data: { providers: channels.map(channel => describeProvider(call, channel)), integrations: (await listIntegrations(scope)).map(row => withAddress(call, row)) } }),
  }),
  studioRoute({
    method: 'POST', path: '/api/integrations/connect/:provider', summary: 'Connect an account; its credentials are checked with the provider', params: byProvider, body: connectBody, answer: connected, status: 201, access: 'integrations.write',
    async handle(call, { params, body }, scope) {
      const channel = known(params.provider)
      const provider = providerOf(channel, call.env, call.config)
      const made = await connectAccount(call.env, scope, provider, credentialsOf(call, channel, body), wanted => webhookAddress(call, channel.provider, wanted))
      forgetSecrets(made.id)
      return { data: { ...withAddress(call, await readIntegration(scope, made.id)), verify_token: made.verifyToken } }
    },
  }),
  studioRoute({
    method: 'DELETE', path: '/api/integrations/disconnect/:provider', summary: 'Disconnect an account; its history stays', params: byProvider, query: z.strictObject({ integration_id: id.optional() }), answer: z.strictObject({}), access: 'integrations.write',
    async handle(call, { params, query }, scope) {
      const channel = known(params.provider)
      forgetSecrets(await disconnectAccount(call.env, scope, providerOf(channel, call.env, call.config), query.integration_id, id => webhookAddress(call, channel.provider, id)))
      return { data: {} }
    },
  }),
  studioRoute({
    method: 'POST', path: '/api/integrations/:id/check', summary: 'Ask the provider how the account stands', params: byId, answer: integration, access: 'integrations.write',
    async handle(call, { params }, scope) {
      await checkHealth(scope, params.id, providersOf(call.env, call.config))
      return { data: withAddress(call, await readIntegration(scope, params.id)) }
    },
  }),
  studioRoute({
    method: 'POST', path: '/api/integrations/:id/test', summary: 'Send a test message through the account', params: byId, body: testSendBody, answer: testAnswer, access: 'integrations.write',
    async handle(call, { params, body }, scope) {
      const test = await testSend(scope, params.id, body.to, channelOf)
      relayLater(call, scope)
      return { data: test.outcome === 'rejected' ? test : await settledTest(scope, test.messageId) }
    },
  }),
]

function known(provider: string): Channel {
  const channel = channelByProvider(provider)
  if (channel === undefined) throw notFound('provider')
  return channel
}

/** Throws VALIDATION_ERROR with `credentials.<name>`. */
function credentialsOf(call: Call, channel: Channel, body: z.output<typeof connectBody>): Record<string, string> {
  if (body.simulator === true) {
    if (call.env.SIMULATOR === undefined || channel.simulated === undefined) throw invalid('simulator', 'The simulator does not run here.')
    if (body.credentials !== undefined) throw invalid('credentials', 'The simulator brings its own.')
    return channel.simulated()
  }
  const given = validate(z.object({ credentials: channel.credentials }), { credentials: body.credentials ?? {} })
  return given.credentials as Record<string, string>
}

function describeProvider(call: Call, channel: Channel): ProviderInfo {
  const fields = Object.entries(channel.credentials.shape).map(([name, field]) => {
    const meta = (field as z.ZodType).meta()
    return { name, title: meta?.title ?? name, description: meta?.description ?? '', secret: meta?.secret === true, required: !(field as z.ZodType).safeParse(undefined).success }
  })
  return { provider: channel.provider, label: channel.label, channel_type: channel.type, fields, simulator: call.env.SIMULATOR !== undefined && channel.simulated !== undefined }
}

function withAddress(call: Call, row: StoredIntegration): Integration {
  return { ...row, webhook_url: webhookAddress(call, channelOf(row.channel_type)?.provider ?? row.channel_type, row.id) }
}

function webhookAddress(call: Call, provider: string, integrationId: string): string {
  return `${call.config.PUBLIC_ORIGIN}/api/integrations/webhook/${provider}/${integrationId}`
}

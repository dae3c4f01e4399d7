// Integrations, knowledge, assistant settings, jobs and audit: the shapes behind the settings pages.
import { z } from 'zod'
import { channelType } from './inbox.ts'
import { id, line, nullableTime, pageQuery, text, time } from './common.ts'

export const health = z.object({ state: z.enum(['ok', 'degraded', 'down', 'unknown']), reason: z.string().optional(), since: z.string().optional(), checked_at: z.string().optional(), details: z.record(z.string(), z.unknown()).optional() })
export const integration = z.object({
  id,
  channel_type: channelType,
  name: z.string(),
  external_id: z.string(),
  is_active: z.boolean(),
  webhook_url: z.string(),
  health,
  /** Sends that wait for this account. */
  waiting: z.number().int(),
  created_at: time,
})
export const connected = integration.extend({ verify_token: z.string() })
export const credentialField = z.object({ name: z.string(), title: z.string(), description: z.string(), secret: z.boolean(), required: z.boolean() })
export const provider = z.object({ provider: z.string(), label: z.string(), channel_type: channelType, fields: z.array(credentialField), simulator: z.boolean() })
export const integrationStatus = z.object({ providers: z.array(provider), integrations: z.array(integration) })
export const connectBody = z.strictObject({ credentials: z.record(z.string().max(64), z.string().max(4000)).optional(), simulator: z.boolean().optional() })
export const testSendBody = z.strictObject({ to: z.string().min(3).max(64) })

export const knowledgeCategories = ['classes', 'prices', 'schedule', 'location', 'policies', 'trial', 'teachers', 'other'] as const
export const knowledge = z.object({ id, title: z.string(), content: z.string(), category: z.enum(knowledgeCategories), valid_from: z.string().nullable(), valid_to: z.string().nullable(), source: z.string(), created_at: time, updated_at: time })
const day = z.iso.date()
export const knowledgeBody = z.strictObject({ title: line(160), content: text(20_000).trim().min(1), category: z.enum(knowledgeCategories), valid_from: day.nullable().optional(), valid_to: day.nullable().optional() })
export const knowledgePatch = knowledgeBody.partial()
export const knowledgeQuery = pageQuery.extend({ q: z.string().max(200).optional(), category: z.enum(knowledgeCategories).optional() })

export const aiSettings = z.object({ provider: z.string(), draft_on_inbound: z.boolean(), score_on_inbound: z.boolean(), tone: z.string(), language: z.string() })
export const aiSettingsBody = z.strictObject({ provider: z.string().max(40).optional(), draft_on_inbound: z.boolean().optional(), score_on_inbound: z.boolean().optional(), tone: text(500).optional(), language: z.string().max(20).optional() })
export const llmProvider = z.object({
  name: z.string(),
  label: z.string(),
  configured: z.boolean(),
  active: z.boolean(),
  model: z.string().nullable(),
  base_url: z.string().nullable(),
  key_last4: z.string().nullable(),
  models: z.array(z.object({ id: z.string(), shutdown_date: z.string().nullable() })),
  capabilities: z.object({ stream: z.boolean(), json: z.boolean(), tools: z.boolean(), embeddings: z.boolean(), context_tokens: z.number().int().nullable() }),
  problem: z.string().nullable(),
})
export const configureBody = z.strictObject({ api_key: z.string().min(1).max(500).optional(), base_url: z.url().max(300).nullable().optional(), model: z.string().min(1).max(200).optional(), active: z.boolean().optional() })
export const smartReplyBody = z.strictObject({ conversation_id: id })
export const leadScoreBody = z.strictObject({ contact_id: id })
export const draftOutcomeBody = z.strictObject({ outcome: z.enum(['accepted', 'edited', 'discarded']), suggestion: z.number().int().min(0).max(2).optional(), message_id: id.optional() })

export const jobStates = ['due', 'done', 'dead', 'canceled'] as const
/** A job's id is "kind:subject": longer than other ids. */
export const job = z.object({ id: z.string(), kind: z.string(), queue: z.string(), state: z.enum(jobStates), run_at: time, attempts: z.number().int(), reason: z.string().nullable(), subject: z.string().nullable(), created_at: time, finished_at: nullableTime })
export const jobQuery = pageQuery.extend({ state: z.enum(jobStates).optional(), kind: z.string().max(60).optional() })
export const auditEntry = z.object({ seq: z.number().int(), at: time, kind: z.string(), actor: z.string(), subject: z.string().nullable(), request_id: z.string().nullable() })
export const auditQuery = pageQuery.extend({ kind: z.string().max(60).optional(), actor: z.string().max(80).optional(), subject: z.string().max(64).optional() })

export type Integration = z.infer<typeof integration>
export type Connected = z.infer<typeof connected>
export type IntegrationStatus = z.infer<typeof integrationStatus>
export type ProviderInfo = z.infer<typeof provider>
export type Knowledge = z.infer<typeof knowledge>
export type AiSettings = z.infer<typeof aiSettings>
export type LlmProvider = z.infer<typeof llmProvider>
export type Job = z.infer<typeof job>
export type AuditEntry = z.infer<typeof auditEntry>

// Whether the channel would take a message, asked before it is queued: what cannot go out is refused at the desk, not in the job.
import type { ChannelType, TemplateUse } from '../../contract/channel.ts'
import type { SendBody } from '../../contract/inbox.ts'
import { conflict, invalid } from '../../platform/problem.ts'
import { requireWindow } from '../conversations/window.ts'
import type { conversations } from '../conversations/conversations.sql.ts'
import type { templates } from '../integrations/integrations.sql.ts'
import type { attachments } from './messages.sql.ts'

export type FileKind = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker'
/** What a channel says of messages before they are sent. */
export interface SendRules {
  limits: {
    text: number
    caption: number
    media: Partial<Record<string, { bytes: number; mimes: string[] }>>
  }
  /** What is wrong with the values, for the field of the request that holds them. */
  checkTemplate?(use: TemplateUse, components: unknown, file: FileKind | undefined): { field: string; reason: string } | null
}
interface Facts {
  conversation: typeof conversations.$inferSelect
  file: typeof attachments.$inferSelect | null
  template: typeof templates.$inferSelect | null
}

/** The kind a stored file goes out as: a sound, a picture or any file may be sent as what `said` names, else it is what it is. */
export function kindOf(stored: string, said: string | undefined): FileKind {
  if (said === 'voice' || said === 'sticker' || said === 'document') return said
  return stored === 'file' ? 'document' : stored as FileKind
}

/** `at`: when it is to go out, ms. Throws CONFLICT (window, read_only), VALIDATION_ERROR. */
export function checkMessage({ conversation, file, template }: Facts, type: string, body: SendBody, rules: SendRules | undefined, at: number): void {
  if (rules === undefined) throw conflict('This channel cannot send.', { reason: 'read_only' })
  const { limits } = rules
  if (template !== null && body.template !== undefined) {
    checkTemplate(template, body.template, file, rules)
  } else {
    if (type === 'text' && body.content.trim() === '') throw invalid('content', 'Write something first.')
    const limit = file === null ? limits.text : limits.caption
    if (body.content.length > limit) throw invalid('content', `At most ${limit} characters on this channel.`)
  }
  if (file !== null) checkFile(file, template === null ? type : kindOf(file.kind, undefined), limits)
  if (template === null) requireWindow(conversation.channel as ChannelType, conversation.lastInboundAt, at)
}

function checkFile(file: NonNullable<Facts['file']>, kind: string, limits: SendRules['limits']): void {
  const allowed = limits.media[kind]
  if (allowed === undefined || !allowed.mimes.includes(file.mime?.split(';')[0]?.trim() ?? '')) throw invalid('attachments', 'This channel cannot send this kind of file.')
  if ((file.size ?? 0) > allowed.bytes) throw invalid('attachments', `At most ${Math.floor(allowed.bytes / 1_000_000)} MB for this kind of file.`)
}

function checkTemplate(template: NonNullable<Facts['template']>, use: TemplateUse, file: Facts['file'], rules: SendRules): void {
  if (template.status !== 'APPROVED') throw invalid('template', 'This template is not approved.')
  checkVariables(JSON.parse(template.variables) as string[], use)
  const wrong = rules.checkTemplate?.(use, JSON.parse(template.components), file === null ? undefined : kindOf(file.kind, undefined)) ?? null
  if (wrong !== null) throw invalid(wrong.field, wrong.reason)
}

function checkVariables(wanted: string[], { variables: given }: TemplateUse): void {
  const missing = Array.isArray(given) ? wanted.slice(given.length) : wanted.filter(name => (given[name] ?? '').trim() === '')
  const blank = Array.isArray(given) ? given.findIndex(value => value.trim() === '') : -1
  const tooMany = Array.isArray(given) ? given.length > wanted.length : Object.keys(given).some(name => !wanted.includes(name))
  if (missing.length > 0 || blank >= 0) throw invalid('template.variables', `Fill in every variable: ${missing.length > 0 ? missing.join(', ') : wanted[blank] ?? ''}.`)
  if (tooMany) throw invalid('template.variables', 'The template has no such variable.')
}

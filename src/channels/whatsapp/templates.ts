// Lists the message templates of the account with the variables their bodies take.
import type { ChannelAccount, MessageTemplate } from '../../contract/channel.ts'
import type { ChannelContext } from '../channel.ts'
import { pageThrough } from '../meta/graph.ts'
import { object, text } from '../meta/loose.ts'
import { errorOf } from './errors.ts'
import { placeholders, readParts } from './template.ts'

/** All states, not only approved ones: the desk should see why a template cannot be used. */
export async function templates(account: ChannelAccount, context: ChannelContext): Promise<{ ok: true; templates: MessageTemplate[] } | { ok: false; reason: string }> {
  const path = `${encodeURIComponent(account.credentials.waba_id ?? '')}/message_templates`
  const pages = await pageThrough({ path, query: { fields: 'id,name,language,status,category,components' }, token: account.credentials.access_token ?? '' }, context)
  if ('items' in pages) return { ok: true, templates: pages.items.map(readTemplate).filter(one => one !== undefined) }
  const { failed } = pages
  if (failed.end === 'error') return { ok: false, reason: errorOf(failed.error).reason }
  return { ok: false, reason: failed.end === 'refused' ? `WhatsApp answered ${failed.status}.` : 'WhatsApp could not be asked; try again.' }
}

function readTemplate(item: unknown): MessageTemplate | undefined {
  const found = object(item)
  const name = text(found?.name)
  const language = text(found?.language)
  if (found === undefined || name === undefined || language === undefined) return undefined
  const components = Array.isArray(found.components) ? found.components : []
  const { body } = readParts(components)
  return {
    externalId: text(found.id) ?? `${name}:${language}`, name, language, category: text(found.category) ?? '', status: text(found.status) ?? 'UNKNOWN',
    components, variables: placeholders(body), body,
  }
}

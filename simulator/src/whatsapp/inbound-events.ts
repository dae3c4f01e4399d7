// Webhooks that are not a customer's message: echoes, history, standby, account news, errors only, unknown fields.

import { isObject, numberAt, objectAt, textAt, type Json } from '../json.ts'
import type { Persona } from '../personas.ts'
import type { Account } from './accounts.ts'
import { metadata } from './delivery.ts'
import { errorItem } from './errors.ts'
import { seconds } from './inbound-content.ts'
import type { Change } from './webhook-body.ts'

interface Scene { account: Account; persona: Persona; wamid: string; spec: Json }

const withNumber = (scene: Scene, value: Json): Json => ({ messaging_product: 'whatsapp', metadata: metadata(scene.account), ...value })
const person = ({ persona }: Scene): Json => ({ profile: { name: persona.name }, wa_id: persona.phone, user_id: persona.user_id })
const words = ({ spec }: Scene, otherwise: string): Json => ({ type: 'text', text: { body: textAt(spec, 'text') ?? otherwise } })

const makers: Record<string, (scene: Scene) => Change> = {
  /** What the owner wrote in the WhatsApp Business app on the same number. */
  echo: scene => ({ field: 'smb_message_echoes', value: withNumber(scene, { contacts: [person(scene)], message_echoes: [{ from: scene.account.display_phone_number, to: scene.persona.phone, to_user_id: scene.persona.user_id, id: scene.wamid, timestamp: seconds(), ...words(scene, 'Answered on my phone') }] }) }),
  history: scene => ({ field: 'history', value: withNumber(scene, { history: [{ metadata: { phase: 0, chunk_order: 1, progress: 55 }, threads: [{ id: scene.persona.phone, messages: past(scene) }] }] }) }),
  history_declined: scene => ({ field: 'history', value: withNumber(scene, { history: [{ errors: [{ code: 2593109, title: 'History sync is turned off by the business from the WhatsApp Business App', message: 'History sync is turned off by the business from the WhatsApp Business App', error_data: { details: 'History sharing is turned off by the business' } }] }] }) }),
  app_state: scene => ({ field: 'smb_app_state_sync', value: withNumber(scene, { state_sync: [{ type: 'contact', contact: { full_name: scene.persona.name, first_name: scene.persona.name.split(' ')[0], phone_number: scene.persona.phone }, action: 'add', metadata: { timestamp: seconds() } }] }) }),
  /** Meta's own agent holds the thread: same value, other field. */
  standby: scene => ({ field: 'standby', value: withNumber(scene, { contacts: [person(scene)], messages: [{ from: scene.persona.phone, from_user_id: scene.persona.user_id, id: scene.wamid, timestamp: seconds(), ...words(scene, 'Are you a robot?') }] }) }),
  standby_echo: scene => ({ field: 'standby', value: withNumber(scene, { message_echoes: [{ from: scene.account.display_phone_number, to: scene.persona.phone, id: scene.wamid, timestamp: seconds(), ...words(scene, 'I am the business agent. How can I help?') }] }) }),
  handover: scene => ({ field: 'messaging_handovers', value: withNumber(scene, { messaging_handovers: [{ timestamp: seconds(), wa_id: scene.persona.phone, control_passed: { previous_owner_app_id: '1', new_owner_app_id: '2' } }] }) }),
  errors_only: scene => ({ field: 'messages', value: withNumber(scene, { errors: [errorItem(130429)] }) }),
  call: scene => ({ field: 'calls', value: withNumber(scene, { contacts: [person(scene)], calls: [{ id: scene.wamid.replace('wamid', 'wacid'), from: scene.persona.phone, to: scene.account.display_phone_number, event: textAt(scene.spec, 'event') ?? 'terminate', direction: 'USER_INITIATED', timestamp: seconds(), status: 'COMPLETED', start_time: seconds(-42), end_time: seconds(), duration: 42 }] }) }),
  user_preferences: scene => ({ field: 'user_preferences', value: withNumber(scene, { contacts: [person(scene)], user_preferences: [{ wa_id: scene.persona.phone, detail: 'User requested to stop marketing messages', category: 'marketing_messages', value: textAt(scene.spec, 'value') ?? 'stop', timestamp: Math.floor(Date.now() / 1000) }] }) }),
  status: scene => ({ field: 'messages', value: withNumber(scene, { statuses: [{ id: textAt(scene.spec, 'message_id') ?? scene.wamid, status: textAt(scene.spec, 'status') ?? 'delivered', timestamp: seconds(), recipient_id: scene.persona.phone, ...(textAt(scene.spec, 'tag') ? { biz_opaque_callback_data: scene.spec.tag } : {}), ...(numberAt(scene.spec, 'code') ? { errors: [errorItem(numberAt(scene.spec, 'code') ?? 0)] } : {}) }] }) }),
  // Account news carry no metadata: only entry.id names whose they are.
  account_update: scene => ({ field: 'account_update', value: { event: textAt(scene.spec, 'event') ?? 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'SCHEDULE_FOR_DISABLE', waba_ban_date: 'January 1, 2027' } } }),
  account_alert: () => ({ field: 'account_alerts', value: { entity_type: 'BUSINESS', entity_id: '1', alert_info: { alert_severity: 'WARNING', alert_status: 'ACTIVE', alert_type: 'OBA_APPROVED', alert_description: 'Sample alert' } } }),
  template_status: scene => ({ field: 'message_template_status_update', value: { event: textAt(scene.spec, 'event') ?? 'PAUSED', message_template_id: 59410000000001, message_template_name: textAt(scene.spec, 'template') ?? 'class_reminder', message_template_language: textAt(scene.spec, 'language') ?? 'en_US', reason: textAt(scene.spec, 'reason') ?? 'NONE' } }),
  template_quality: scene => ({ field: 'message_template_quality_update', value: { previous_quality_score: 'GREEN', new_quality_score: textAt(scene.spec, 'score') ?? 'YELLOW', message_template_id: 59410000000001, message_template_name: textAt(scene.spec, 'template') ?? 'class_reminder', message_template_language: 'en_US' } }),
  template_category: scene => ({ field: 'template_category_update', value: { message_template_id: 59410000000001, message_template_name: textAt(scene.spec, 'template') ?? 'class_reminder', message_template_language: 'en_US', previous_category: 'UTILITY', new_category: 'MARKETING' } }),
  phone_quality: scene => ({ field: 'phone_number_quality_update', value: { display_phone_number: scene.account.display_phone_number, event: textAt(scene.spec, 'event') ?? 'FLAGGED', current_limit: 'TIER_1K' } }),
  phone_name: scene => ({ field: 'phone_number_name_update', value: { display_phone_number: scene.account.display_phone_number, decision: 'APPROVED', requested_verified_name: 'Studio One Dance', rejection_reason: null } }),
  unknown_field: scene => ({ field: textAt(scene.spec, 'field') ?? 'holograms', value: { ...withNumber(scene, {}), ...objectAt(scene.spec, 'value') } }),
  unknown_value: scene => ({ field: 'messages', value: withNumber(scene, { messages: null, contacts: null }) }),
}

export const eventKinds = Object.keys(makers)

/** The change of a kind that is no customer's message, or undefined. */
export const eventOf = (account: Account, persona: Persona, wamid: string, spec: Json): Change | undefined =>
  makers[textAt(spec, 'kind') ?? '']?.({ account, persona, wamid, spec })

function past(scene: Scene): Json[] {
  const { persona, account, spec } = scene
  if (Array.isArray(spec.messages)) return spec.messages.filter(isObject)
  return Array.from({ length: numberAt(spec, 'count') ?? 4 }, (_, index) => ({
    ...(index % 2 ? { from: account.display_phone_number, to: persona.phone } : { from: persona.phone }),
    id: `${scene.wamid}.${index}`, timestamp: seconds(-86_400 * 30 + index * 60), type: 'text', text: { body: `Old message ${index + 1}` },
    history_context: { status: 'READ' },
  }))
}

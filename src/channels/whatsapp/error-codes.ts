// What each WhatsApp error code means for us: the verdict, the next step for the desk, and the earliest retry.
import type { ErrorVerdict } from '../../contract/channel.ts'

export interface CodeRule { verdict: ErrorVerdict; next: string; retryAfterMs?: number }

const second = 1000
const minute = 60 * second
const hour = 60 * minute

const reconnect: CodeRule = { verdict: 'stop', next: 'Reconnect WhatsApp in the settings: the access token is no longer valid.' }
const permission: CodeRule = { verdict: 'stop', next: 'Give the access token the WhatsApp messaging permissions, then reconnect.' }
const blocked: CodeRule = { verdict: 'stop', next: 'Meta has restricted this account: open the WhatsApp Manager and follow what it asks.' }
const payment: CodeRule = { verdict: 'stop', next: 'Meta refuses until the payment method of the WhatsApp account is settled.' }
const setup: CodeRule = { verdict: 'stop', next: 'Finish setting up the number in the WhatsApp Manager, then reconnect.' }
const busy: CodeRule = { verdict: 'retry', next: 'WhatsApp had a passing fault; this is tried again by itself.', retryAfterMs: 2 * second }
const template: CodeRule = { verdict: 'reject', next: 'Compare the template and its values with the approved version, then send again.' }
const resting: CodeRule = { verdict: 'reject', next: 'This template is paused or disabled by Meta: choose another one.' }
const fault: CodeRule = { verdict: 'reject', next: 'WhatsApp does not accept the message in this form; report it if the text looks right.' }
const flow: CodeRule = { verdict: 'reject', next: 'The form in this message is not available: send another message.' }
const tomorrow: CodeRule = { verdict: 'wait', next: 'Meta limits marketing to this person: wait at least a day, or let them write first.', retryAfterMs: 24 * hour }

const rules = new Map<number, CodeRule>([
  [0, reconnect], [190, reconnect], [3, permission], [10, permission], [131005, permission],
  [4, { verdict: 'retry', next: 'The app is at its hourly limit; this is tried again by itself.', retryAfterMs: minute }],
  [80007, { verdict: 'retry', next: 'The WhatsApp account is at its hourly limit; this is tried again by itself.', retryAfterMs: minute }],
  [130429, { verdict: 'retry', next: 'Too many messages at once; this is tried again by itself.', retryAfterMs: second }],
  [131056, { verdict: 'retry', next: 'Too many messages to this one person; this is tried again by itself.', retryAfterMs: second }],
  [131048, { verdict: 'stop', next: 'Too many people blocked or reported the number: stop sending and look at its quality in the WhatsApp Manager.' }],
  [131064, { verdict: 'stop', next: 'Meta lowered the limit because templates were filed in a wrong category: correct them in the WhatsApp Manager.' }],
  [133016, { verdict: 'wait', next: 'The number was registered too often: try again in some hours.', retryAfterMs: 6 * hour }],
  [368, blocked], [131031, blocked],
  [130497, { verdict: 'stop', next: 'Meta does not let this account write to that country.' }],
  [131047, { verdict: 'template_needed', next: 'More than 24 hours have passed since they wrote: send a template.' }],
  [131049, tomorrow], [130472, { ...tomorrow, next: 'Meta holds this message back in an experiment: wait a day, or let them write first.' }],
  [131050, { verdict: 'reject', next: 'This person stopped marketing messages: do not send them any.' }],
  [131026, { verdict: 'reject', next: 'WhatsApp could not deliver to this person: check the number or use another channel.' }],
  [131051, { verdict: 'reject', next: 'WhatsApp does not know this kind of message.' }],
  [131052, { verdict: 'retry', next: 'WhatsApp could not fetch the file; this is tried again by itself.', retryAfterMs: 5 * second }],
  [131053, { verdict: 'retry', next: 'WhatsApp could not take the file; if it stays so, save it as another type.', retryAfterMs: 5 * second }],
  [131021, { verdict: 'reject', next: 'Sender and recipient are the same number.' }],
  [131030, { verdict: 'reject', next: 'This is a test number: add the recipient to its allowed list in the Meta dashboard.' }],
  [100, fault], [131008, fault], [131009, fault], [33, fault],
  [131042, payment], [131044, payment],
  [131037, { verdict: 'stop', next: 'The display name of the number is not approved yet: see the WhatsApp Manager.' }],
  [131045, setup], [133010, setup],
  [131057, { verdict: 'wait', next: 'The WhatsApp account is in maintenance: try again later.', retryAfterMs: 30 * minute }],
  [131062, { verdict: 'reject', next: 'This message needs a phone number: ask the person for it.' }],
  [131063, { verdict: 'reject', next: 'Marketing templates are switched off for this number: turn them on in the WhatsApp Manager.' }],
  [137000, { verdict: 'reject', next: 'The person has a new device: send again.' }],
  [132000, template], [132001, template], [132005, template], [132007, template], [132008, template], [132012, template], [132018, template],
  [132015, resting], [132016, resting],
  [132068, flow], [139000, flow], [139001, flow],
  [132069, { verdict: 'wait', next: 'The form is used too much right now: try again later.', retryAfterMs: hour }],
  [131000, busy], [131016, busy], [1, busy], [2, busy], [135000, { verdict: 'reject', next: 'WhatsApp refuses the message without saying why: write it differently.' }],
])

const unknown: CodeRule = { verdict: 'reject', next: 'WhatsApp refused the message; its reason is shown above.' }

/** The rule of a Graph or Cloud API code; an unknown code is a refusal. 200–299 are Graph's permission errors. */
export function ruleOf(code: number): CodeRule {
  return rules.get(code) ?? (code >= 200 && code <= 299 ? permission : unknown)
}

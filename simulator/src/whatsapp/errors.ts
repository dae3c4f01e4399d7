// Graph's error bodies: code, HTTP status and title as Meta documents them.

import type { Json } from '../json.ts'

const known: Record<number, [status: number, title: string]> = {
  0: [401, 'AuthException'],
  1: [500, 'API Unknown'],
  2: [503, 'API Service'],
  3: [500, 'API Method'],
  4: [400, 'Application request limit reached'],
  10: [403, 'Permission Denied'],
  33: [400, 'Parameter value is not valid'],
  100: [400, 'Invalid parameter'],
  190: [401, 'Error validating access token: The session is invalid because it was changed or has expired.'],
  200: [403, 'API Permission'],
  368: [403, 'Temporarily blocked for policies violations'],
  80007: [400, 'Rate limit issues'],
  130429: [429, 'Rate limit hit'],
  130472: [400, "User's number is part of an experiment"],
  130497: [403, 'Business account is restricted from messaging users in this country.'],
  131000: [500, 'Something went wrong'],
  131005: [403, 'Access denied'],
  131008: [400, 'Required parameter is missing'],
  131009: [400, 'Parameter value is not valid'],
  131016: [503, 'Service unavailable'],
  131021: [400, 'Recipient cannot be sender'],
  131026: [400, 'Message undeliverable'],
  131030: [400, 'Recipient phone number not in allowed list'],
  131031: [403, 'Account has been locked'],
  131037: [400, 'WhatsApp provided number needs display name approval before message can be sent.'],
  131042: [400, 'Business eligibility payment issue'],
  131045: [500, 'Message failed to send due to a phone number registration error.'],
  131047: [400, 'Re-engagement message'],
  131048: [400, 'Spam rate limit hit'],
  131049: [400, 'This message was not delivered to maintain healthy ecosystem engagement.'],
  131050: [400, 'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business'],
  131051: [400, 'Unsupported message type'],
  131052: [400, 'Media download error'],
  131053: [400, 'Media upload error'],
  131056: [400, '(Business Account, Consumer Account) pair rate limit hit'],
  131057: [500, 'Account in maintenance mode'],
  131062: [400, 'Business-scoped User ID (BSUID) recipients are not supported for this message'],
  132000: [400, 'Template Param Count Mismatch'],
  132001: [404, 'Template does not exist'],
  132005: [400, 'Template Hydrated Text Too Long'],
  132007: [400, 'Template Format Character Policy Violated'],
  132012: [400, 'Template Parameter Format Mismatch'],
  132015: [400, 'Template is Paused'],
  132016: [400, 'Template is Disabled'],
  132018: [400, 'Template Parameter Value is Invalid'],
  133010: [400, 'Phone number not registered'],
  135000: [400, 'Generic user error'],
}

export interface GraphFailure {
  code: number
  details?: string
  subcode?: number
  status?: number
  message?: string
  type?: string
}

/** Thrown by the Graph surface; its handler turns it into Meta's answer. */
export class GraphError extends Error {
  readonly failure: GraphFailure

  constructor(code: number, details?: string, rest: Omit<GraphFailure, 'code' | 'details'> = {}) {
    super(details ?? String(code))
    this.failure = { code, details, ...rest }
  }
}

/** The HTTP answer Graph gives for a failure. */
export function graphErrorResponse(failure: GraphFailure): Response {
  const [status, title] = known[failure.code] ?? [400, 'Unknown error']
  const prefixed = failure.code === 190 || failure.code === 1 || failure.code === 2 ? title : `(#${failure.code}) ${title}`
  const body: Json = {
    error: {
      message: failure.message ?? prefixed,
      type: failure.type ?? 'OAuthException',
      code: failure.code,
      ...(failure.details ? { error_data: { messaging_product: 'whatsapp', details: failure.details } } : {}),
      ...(failure.subcode ? { error_subcode: failure.subcode } : failure.code === 190 ? { error_subcode: 463 } : {}),
      fbtrace_id: `A${crypto.randomUUID().replaceAll('-', '').slice(0, 22)}`,
    },
  }
  return Response.json(body, { status: failure.status ?? status })
}

/** An item of `errors[]` in a webhook. */
export function errorItem(code: number, details?: string): Json {
  const title = known[code]?.[1] ?? 'Something went wrong'
  return { code, title, message: title, error_data: { details: details ?? title }, href: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes' }
}

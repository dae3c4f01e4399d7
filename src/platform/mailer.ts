// How the product sends its own mail (verification, reset, invitation): one interface, so that no verb knows a vendor.

export interface Mail {
  to: string
  subject: string
  text: string
}

/** `rejected`: trying again will not help. `unavailable`: it may. */
export type MailOutcome = { outcome: 'sent' } | { outcome: 'rejected' | 'unavailable'; reason: string; retryAfterMs?: number }

export interface Mailer {
  send(mail: Mail): Promise<MailOutcome>
}

/** One line without control characters: nothing that could begin another header. */
export function oneLine(text: string, max = 150): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim().slice(0, max)
}

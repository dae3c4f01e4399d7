// The product's own mail through SendGrid's v3 mail/send.
import type { Config } from '../../platform/env.ts'
import { oneLine } from '../../platform/mailer.ts'
import type { Mail, MailOutcome, Mailer } from '../../platform/mailer.ts'
import { DeadlinePassed, EgressRefused } from '../../platform/safe-fetch.ts'
import type { SafeFetch } from '../../platform/safe-fetch.ts'

/** Without a key every mail waits ("unavailable"): it goes out once one is configured, if its link still works then. */
export function makeSendgridMailer(config: Pick<Config, 'SENDGRID_API_URL' | 'SENDGRID_API_KEY' | 'MAIL_FROM'>, safeFetch: SafeFetch): Mailer {
  return {
    async send(mail) {
      if (config.SENDGRID_API_KEY === undefined) return { outcome: 'unavailable', reason: 'SENDGRID_API_KEY is not set.' }
      const headers = { authorization: `Bearer ${config.SENDGRID_API_KEY}`, 'content-type': 'application/json', accept: 'application/json' }
      const init = { method: 'POST', headers, body: JSON.stringify(bodyOf(mail, config.MAIL_FROM)) }
      try {
        return await outcomeOf(await safeFetch(`${config.SENDGRID_API_URL}/v3/mail/send`, init, { origins: [new URL(config.SENDGRID_API_URL).origin], hosts: [] }))
      } catch (error) {
        if (error instanceof EgressRefused) return { outcome: 'rejected', reason: 'SENDGRID_API_URL may not be called.' }
        return { outcome: 'unavailable', reason: error instanceof DeadlinePassed ? 'SendGrid did not answer in time.' : 'SendGrid cannot be reached.' }
      }
    },
  }
}

/** Links are secrets: SendGrid must neither rewrite nor count them. */
function bodyOf(mail: Mail, from: string) {
  return {
    personalizations: [{ to: [{ email: mail.to }] }], from: { email: from, name: 'Studio OS' }, subject: oneLine(mail.subject), content: [{ type: 'text/plain', value: mail.text }],
    tracking_settings: { click_tracking: { enable: false, enable_text: false }, open_tracking: { enable: false } },
  }
}

/** 202 is yes; 429, 5xx and a wrong key may be mended without touching the mail; any other 4xx is a no to this mail. */
async function outcomeOf(response: Response): Promise<MailOutcome> {
  await response.body?.cancel()
  if (response.ok) return { outcome: 'sent' }
  const reason = `SendGrid answered ${response.status}.`
  if (response.status === 429) {
    const reset = Number(response.headers.get('x-ratelimit-reset'))
    return { outcome: 'unavailable', reason, retryAfterMs: Number.isFinite(reset) && reset > 0 ? Math.max(0, reset * 1000 - Date.now()) : undefined }
  }
  return { outcome: response.status >= 500 || response.status === 401 || response.status === 403 ? 'unavailable' : 'rejected', reason }
}

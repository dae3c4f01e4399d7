// What it takes to connect a WhatsApp number; this schema also draws the connect form.
import { z } from 'zod'

const id = z.string().trim().regex(/^\d{5,20}$/, 'Digits only, as shown in the WhatsApp Manager.')
const secret = z.string().trim().min(8).max(1000).regex(/^[\x21-\x7e]+$/, 'No spaces or line breaks.')

export const credentials = z.strictObject({
  phone_number_id: id.meta({ title: 'Phone number ID', description: 'WhatsApp Manager → API setup, under the phone number. Not the number itself.' }),
  waba_id: id.meta({ title: 'WhatsApp Business account ID', description: 'WhatsApp Manager → API setup, beside the phone number ID.' }),
  access_token: secret.meta({ title: 'Access token', description: 'A permanent token of a system user with whatsapp_business_messaging and whatsapp_business_management.', secret: true }),
  app_secret: secret.optional().meta({ title: 'App secret', description: 'Only for your own Meta app: App settings → Basic. Signs the webhooks.', secret: true }),
})

/** Any numbers will do there; its webhooks are signed with the platform's secret. */
export function simulated(): Record<string, string> {
  return { phone_number_id: `1${randomDigits(14)}`, waba_id: `2${randomDigits(14)}`, access_token: `sim-${crypto.randomUUID()}` }
}

function randomDigits(count: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(count)), byte => byte % 10).join('')
}

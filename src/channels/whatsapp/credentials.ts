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

// The message templates a fresh WABA owns, in the shape of GET /{waba}/message_templates.

import type { Json } from '../json.ts'

export interface Template {
  id: string
  name: string
  language: string
  status: 'APPROVED' | 'PAUSED' | 'REJECTED' | 'PENDING' | 'DISABLED'
  category: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION'
  parameter_format: 'POSITIONAL' | 'NAMED'
  components: TemplateComponent[]
  rejected_reason?: string
}

export interface TemplateComponent {
  type: 'HEADER' | 'BODY' | 'FOOTER' | 'BUTTONS'
  format?: 'TEXT' | 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'LOCATION'
  text?: string
  example?: Json
  buttons?: { type: string; text: string; url?: string; phone_number?: string; example?: string[] }[]
}

type Draft = Omit<Template, 'id' | 'language' | 'status' | 'parameter_format'> & Partial<Template>

/** Approved ones with positional, named, media and button parameters, and one of each state a sender must respect. */
export function demoTemplates(): Template[] {
  const drafts: Draft[] = [
    { name: 'hello_world', category: 'UTILITY', components: [{ type: 'BODY', text: 'Hello World' }] },
    { name: 'class_reminder', category: 'UTILITY', components: [body('Hi {{1}}, your class {{2}} starts at {{3}}. See you in the studio!', ['Ana', 'Salsa beginners', '18:30'])] },
    { name: 'class_reminder', language: 'de', category: 'UTILITY', components: [body('Hallo {{1}}, dein Kurs {{2}} beginnt um {{3}}. Bis gleich im Studio!', ['Ana', 'Salsa', '18:30'])] },
    {
      name: 'trial_welcome', category: 'MARKETING', parameter_format: 'NAMED',
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'Welcome to Studio One' },
        { type: 'BODY', text: 'Hi {{first_name}}, thanks for your interest in {{class_name}}. Shall we book your free trial?',
          example: { body_text_named_params: [{ param_name: 'first_name', example: 'Ana' }, { param_name: 'class_name', example: 'Hip hop teens' }] } },
        { type: 'FOOTER', text: 'Reply STOP to opt out' },
        { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Yes, book it' }, { type: 'QUICK_REPLY', text: 'Not now' }] },
      ],
    },
    {
      name: 'show_invitation', category: 'MARKETING',
      components: [
        { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW1n'] } },
        body('{{1}}, our summer show is on {{2}}. Bring your friends!', ['Ana', '4 July']),
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Get tickets', url: 'https://studio.example/show/{{1}}', example: ['https://studio.example/show/abc'] }] },
      ],
    },
    {
      name: 'login_code', category: 'AUTHENTICATION',
      components: [body('*{{1}}* is your verification code.', ['123456']), { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Copy code', url: 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}', example: ['123456'] }] }],
    },
    { name: 'winter_sale', category: 'MARKETING', status: 'PAUSED', components: [body('{{1}}, ten classes for the price of eight until Sunday.', ['Ana'])] },
    { name: 'free_lessons', category: 'MARKETING', status: 'REJECTED', rejected_reason: 'PROMOTIONAL', components: [{ type: 'BODY', text: 'FREE lessons, click now!' }] },
    { name: 'spring_news', category: 'MARKETING', status: 'PENDING', components: [{ type: 'BODY', text: 'New spring timetable is out.' }] },
  ]
  return drafts.map((draft, index) => ({ language: 'en_US', status: 'APPROVED', parameter_format: 'POSITIONAL', ...draft, id: `59${String(410_000_000_000 + index)}` }))
}

const body = (text: string, example: string[]): TemplateComponent => ({ type: 'BODY', text, example: { body_text: [example] } })

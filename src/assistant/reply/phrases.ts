// What the built-in provider says around its quotes, in English and Spanish. No phrase holds a fact of a studio.

export type Language = 'en' | 'es'
export type Tone = 'friendly' | 'formal' | 'brief'

export interface Phrases {
  greeting(name: string | null, tone: Tone): string
  quoted(otherLanguage: boolean): string
  noSource: string
  restNoSource: string
  sensitive: string
  offerTrial: string
  offerPerson: string
  handoff: string
  asks: { who: string; level: string; style: string; when: string; more: string; what: string }
}

export const phrases: Record<Language, Phrases> = {
  en: {
    greeting: (name, tone) => (tone === 'formal' ? (name === null ? 'Good day,' : `Dear ${name},`) : tone === 'brief' ? '' : name === null ? 'Hi! Thanks for your message.' : `Hi ${name}! Thanks for your message.`),
    quoted: otherLanguage => (otherLanguage ? 'Our notes, in Spanish, say:' : ''),
    noSource: 'That is not in our notes yet, a colleague will need to confirm.',
    restNoSource: 'Your other question is not in our notes yet, a colleague will need to confirm.',
    sensitive: 'Thank you for telling us. A colleague will need to look at this in person.',
    offerTrial: 'Would you like us to arrange that for you?',
    offerPerson: 'Would you like to talk to a colleague about it, by message or by phone?',
    handoff: 'A colleague will need to take it from here.',
    asks: {
      who: 'May I ask who the classes are for, and how old they are?', level: 'Have you danced before, or would you be starting from scratch?', style: 'Which style of dance do you have in mind?',
      when: 'Which days and times would suit you best?', more: 'Could you tell us a little more about what happened?', what: 'What would you like to know?',
    },
  },
  es: {
    greeting: (name, tone) => (tone === 'formal' ? (name === null ? 'Buen día:' : `Saludos, ${name}:`) : tone === 'brief' ? '' : name === null ? '¡Hola! Gracias por escribirnos.' : `¡Hola, ${name}! Gracias por escribirnos.`),
    quoted: otherLanguage => (otherLanguage ? 'Nuestras notas, en inglés, dicen:' : ''),
    noSource: 'Eso todavía no está en nuestras notas; un compañero tendrá que confirmarlo.',
    restNoSource: 'Su otra pregunta todavía no está en nuestras notas; un compañero tendrá que confirmarla.',
    sensitive: 'Gracias por contárnoslo. Un compañero tendrá que verlo en persona.',
    offerTrial: '¿Quiere que lo organicemos?',
    offerPerson: '¿Prefiere hablarlo con un compañero, por mensaje o por teléfono?',
    handoff: 'Un compañero tendrá que seguir desde aquí.',
    asks: {
      who: '¿Para quién serían las clases y qué edad tiene?', level: '¿Ya ha bailado antes o empezaría desde cero?', style: '¿Qué estilo de baile le interesa?',
      when: '¿Qué días y horas le vendrían mejor?', more: '¿Podría contarnos un poco más de lo que pasó?', what: '¿Qué le gustaría saber?',
    },
  },
}

/** Tone from the studio's own words; friendly unless they say otherwise. */
export function toneOf(setting: string): Tone {
  if (/formal|polite|professional|usted/i.test(setting) && !/informal/i.test(setting)) return 'formal'
  return /brief|short|concise|breve|corto/i.test(setting) && !/warm|friendly|c[aá]lid|cercan/i.test(setting) ? 'brief' : 'friendly'
}

/** A given name fit for a greeting: letters only, never a number, a link or a sentence. */
export function givenName(name: string): string | null {
  const first = name.trim().split(/\s+/)[0] ?? ''
  return /^\p{L}[\p{L}\p{M}'’-]{1,29}$/u.test(first) ? first : null
}

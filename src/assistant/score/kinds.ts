// The table of facts that count: each with its factor, its points, and the words without which nobody is believed.
import type { factorNames } from '../../contract/inbox.ts'

export type Factor = (typeof factorNames)[number]
interface Kind {
  factor: Factor
  points: number
  /** What is shown as the fact. */
  fact: string
  /** Kinds of one group replace each other: the latest stands. */
  group?: string
  /** Folded words of the quote that must be there, whoever claims the fact. Wider than the rules: it also knows other languages. */
  needs: RegExp
}

const week = /today|tonight|tomorrow|week|monday|tuesday|wednesday|thursday|friday|saturday|sunday|hoy|manana|semana|lunes|martes|miercoles|jueves|viernes|sabado|domingo|demain|semaine|morgen|woche|amanha|domani/

/** Facts a provider may claim. */
export const kinds = {
  asks_class: { factor: 'interest', points: 8, fact: 'asks about classes', needs: /class|course|lesson|workshop|clase|curso|taller|aula|cours|kurs|corso|lezion/ },
  asks_schedule: { factor: 'interest', points: 6, fact: 'asks for the schedule', needs: /when|time|schedule|day|hour|cuando|horario|hora|dia|quand|heure|horaire|wann|zeit|quando|orari/ },
  asks_trial: { factor: 'interest', points: 10, fact: 'asks for a trial', needs: /trial|try|taster|first|free|prueba|probar|primera|gratis|essai|essayer|probe|prova|experimental/ },
  wants_to_book: { factor: 'interest', points: 12, fact: 'wants to book or enrol', needs: /book|sign|enrol|regist|join|reserv|place|spot|apunt|inscri|matricul|plaza|anmeld|platz|iscriv|prenot/ },
  names_style: { factor: 'interest', points: 4, fact: 'names a style', needs: /\w{3}/ },
  not_interested: { factor: 'interest', points: -30, fact: 'is not interested any more', needs: /not interested|no longer|found another|changed my mind|no me interesa|ya no|otra academia|cambiado de opinion/ },

  urgent: { factor: 'urgency', points: 14, fact: 'needs it at once', group: 'when', needs: /asap|urgent|today|tonight|right away|immediately|now|hoy|ya|cuanto antes|urgente|ahora|sofort|heute|subito/ },
  this_week: { factor: 'urgency', points: 12, fact: 'wants it within days', group: 'when', needs: week },
  next_term: { factor: 'urgency', points: 8, fact: 'aims at the coming weeks or term', group: 'when', needs: /next|term|month|semester|season|januar|februar|march|april|may|june|july|august|septemb|octob|novemb|decemb|proxim|mes|curso|trimestre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre/ },
  no_hurry: { factor: 'urgency', points: -8, fact: 'is in no hurry', group: 'when', needs: /no (rush|hurry)|just (looking|curious|browsing)|maybe|someday|next year|sin prisa|solo mirando|quizas|mas adelante|el ano que viene/ },
  wants_to_start: { factor: 'urgency', points: 6, fact: 'wants to start', needs: /start|begin|empez|empiez|comenz|commenc|anfang|inizia/ },
  names_date: { factor: 'urgency', points: 4, fact: 'names a day', needs: /\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunes|martes|miercoles|jueves|viernes|sabado|domingo/ },
  has_deadline: { factor: 'urgency', points: 9, fact: 'prepares for an occasion', needs: /wedding|recital|competition|audition|birthday|quince|show|boda|concurso|audicion|cumple|actuacion/ },

  asks_price: { factor: 'budget', points: 8, fact: 'asks for the price', needs: /price|pricing|cost|much|fee|rate|tuition|pay|charge|euro|dollar|precio|cuanto|cuesta|vale|tarifa|cuota|prix|combien|preis|kostet|preco|quanto/ },
  asks_package: { factor: 'budget', points: 9, fact: 'asks for a membership or package', needs: /member|package|pass|month|bundle|subscription|card|bono|mensual|abono|paquete|mes|abonnement|monat/ },
  asks_payment: { factor: 'budget', points: 8, fact: 'asks how to pay', needs: /pay|card|transfer|bizum|deposit|invoice|cash|pag|tarjeta|transferencia|efectivo|factura|senal|zahl/ },
  accepts_price: { factor: 'budget', points: 12, fact: 'accepts the price', group: 'price', needs: /fine|good|great|ok|works|perfect|deal|agree|reasonable|take it|bien|vale|perfecto|acuerdo|genial|razonable/ },
  too_expensive: { factor: 'budget', points: -10, fact: 'finds it too expensive', group: 'price', needs: /expensive|afford|too much|cheaper|budget|caro|cara|demasiado|permitir|barato|presupuesto/ },
  several_children: { factor: 'budget', points: 6, fact: 'asks for several children', needs: /kids|children|daughters|sons|both|twins|siblings|hijos|hijas|ninos|ninas|gemel|hermanos|dos|tres|two|three/ },

  for_child: { factor: 'fit', points: 5, fact: 'asks for a child', needs: /daughter|son|kid|child|boy|girl|niece|nephew|grand|toddler|hija|hijo|nina|nino|sobrin|niet|pequen/ },
  states_age: { factor: 'fit', points: 0, fact: 'says the age', needs: /\d|year|old|ano|adult|edad|one|two|three|four|five|six|seven|eight|nine|ten|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez/ },
  states_level: { factor: 'fit', points: 4, fact: 'says the level', needs: /beginn|intermed|advanc|experience|danced|start|level|novice|principi|iniciacion|avanz|nivel|experiencia|bailado|cero/ },
  lives_near: { factor: 'fit', points: 5, fact: 'is nearby', needs: /live|near|close|around|from|area|vivo|cerca|zona|barrio|soy|aqui/ },
  lives_far: { factor: 'fit', points: -8, fact: 'is too far away', needs: /far|another city|other city|different city|moved|away|abroad|lejos|otra ciudad|mudado|extranjero/ },

  spam: { factor: 'interest', points: -30, fact: 'is advertising or spam', needs: /seo|crypto|bitcoin|loan|casino|followers|marketing|backlink|invest|prestamo|seguidores|website|posicionamiento|promot/ },
  wrong_number: { factor: 'interest', points: -30, fact: 'has the wrong number', needs: /wrong|mistake|who is this|equivocad|error|quien eres/ },
} as const satisfies Record<string, Kind>
export type KindName = keyof typeof kinds

/** Facts only code finds, from what was said and from what the studio knows. */
export const derived = {
  several_questions: { factor: 'interest', points: 4, fact: 'asks several questions' },
  replies_quickly: { factor: 'interest', points: 4, fact: 'replies within ten minutes' },
  style_taught: { factor: 'fit', points: 7, fact: 'wants a style the studio teaches' },
  style_not_taught: { factor: 'fit', points: -4, fact: 'wants a style the studio does not name' },
  age_fits: { factor: 'fit', points: 7, fact: 'the age fits the classes' },
  age_stated: { factor: 'fit', points: 4, fact: 'says the age' },
  age_outside: { factor: 'fit', points: -6, fact: 'the age fits none of the classes' },
} as const satisfies Record<string, Omit<Kind, 'needs'>>
export type DerivedName = keyof typeof derived

/** These make every factor nought. */
export const worthless: readonly string[] = ['spam', 'wrong_number']

export const isKind = (name: string): name is KindName => Object.hasOwn(kinds, name)

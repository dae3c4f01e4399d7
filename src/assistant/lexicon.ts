// The words of the trade in English and Spanish: what a dance studio's customers ask about, and how a mistyped one is read.
import { editDistance, wordsOf } from '../platform/words.ts'

/** Dance styles by the folded words that name them. */
export const styles: Record<string, RegExp> = {
  ballet: /\b(ballet|classical dance|danza clasica)\b/, salsa: /\bsalsa\b/, bachata: /\bbachata\b/, kizomba: /\bkizomba\b/, 'hip-hop': /\bhip ?hop\b/,
  breaking: /\b(break(ing|dance|dancing)?|bboy)\b/, contemporary: /\b(contemporary|contemporaneo|contemporanea)\b/, jazz: /\bjazz\b/, tap: /\b(tap|claque)\b/,
  flamenco: /\b(flamenco|sevillanas)\b/, tango: /\btangos?\b/, ballroom: /\b(ballroom|bailes? de salon|waltz|vals)\b/, swing: /\b(swing|lindy)\b/, zumba: /\bzumba\b/,
  reggaeton: /\breggaeton\b/, dancehall: /\bdancehall\b/, afro: /\bafro\b/, 'k-pop': /\bk ?pop\b/, pole: /\bpole\b/, barre: /\bbarre\b/, lyrical: /\blyrical\b/,
  acro: /\bacro\w*\b/, 'belly dance': /\b(belly ?dance|danza oriental)\b/, bollywood: /\bbollywood\b/, urban: /\b(urban|urbano|street dance)\b/, heels: /\bheels\b/, yoga: /\byoga\b/, pilates: /\bpilates\b/,
}
export const levels = /\b(beginner|beginners|novice|intermediate|advanced|improver|never danced|no experience|starter|principiantes?|iniciacion|intermedio|avanzado|avanzada|desde cero|sin experiencia|nunca he bailado)\b/

/** Topics a customer may ask about: folded words, and the knowledge category where such things stand. */
export const topics = {
  price: { sign: /\b(price|prices|pricing|cost|costs|fee|fees|tuition|rates?|how much|charge|expensive|cheap|precios?|cuanto|cuesta|cuestan|vale|valen|tarifas?|cuotas?|coste|caro|barato|memberships?|packages?|bonos?|mensualidad|matricula)\b/, category: 'prices' },
  schedule: { sign: /\b(schedules?|timetables?|when|what time|which days?|what days?|times|hours|start|starts|horarios?|cuando|que dias?|a que hora|hora|horas|empiezan?|comienzan?|open|opening|close|abierto|abren|abris|cerrais)\b/, category: 'schedule' },
  trial: { sign: /\b(trials?|try|taster|first class|free class|prueba|probar|primera clase|clase gratis)\b/, category: 'trial' },
  location: { sign: /\b(where|address|located|location|directions?|find you|donde|direccion|ubicacion|ubicados?|llegar)\b/, category: 'location' },
  policy: { sign: /\b(cancel|cancellation|cancellations|policy|policies|rules|cancelar|cancelacion|normas|politica)\b/, category: 'policies' },
  teachers: { sign: /\b(teachers?|instructors?|coach|who teaches|profesor|profesora|profesores|profes?|maestra|maestro|quien da)\b/, category: 'teachers' },
  classes: { sign: /\b(class|classes|course|courses|lessons?|workshops?|levels?|ages?|kids|children|adults?|clases?|cursos?|talleres|niveles|nivel|edad|edades|ninos|ninas|adultos)\b/, category: 'classes' },
} as const
export type Topic = keyof typeof topics

/** What only a person should answer. */
export const sensitive = /\b(refunds?|money back|complain|complaint|disappointed|unacceptable|terrible|lawyer|sue|injur\w+|hurt|accident|hospital|doctor|medical|pregnan\w+|custody|harass\w*|abuse\w*|discrimina\w+|reembolso|devolucion del dinero|queja|reclamacion|indignad\w+|abogado|lesion\w*|accidente|medico|embaraz\w+|custodia|acoso)\b/
export const optOut = /^\W*(stop|unsubscribe|stop all|baja|darme de baja|no me escriba(is|n)?( mas)?)\W*$/
/** Nothing to answer: thanks, agreement, an emoji. */
export const smallTalk = /^\W*((ok(ay)?|thanks?( you)?( so much| a lot)?|thx|great|perfect|cool|bye|see you|gracias|muchas gracias|vale|perfecto|genial|adios|hasta luego|de nada)\W*)*$/

const known = new Set(('class classes course courses lesson lessons price prices pricing schedule timetable trial trials membership memberships package packages ballet salsa bachata contemporary flamenco '
  + 'beginner beginners intermediate advanced daughter children register enroll enrol signup tomorrow today urgent weekend teacher teachers address location parking cancel refund policy discount monthly interested '
  + 'cuando cuanta cuantos cuantas parents partner place clase clases curso cursos precio precios cuanto cuesta tarifa tarifas horario horarios prueba inscribir inscribirme apuntarme apuntar reservar empezar manana urgente semana principiante principiantes profesora profesor direccion donde cancelar descuento mensual interesa interesada').split(' '))

const byLetter = Map.groupBy([...known].filter(word => word.length >= 5), word => word[0] ?? '')
const mendedWords = new Map<string, string>()
const mostRemembered = 10_000

/** Folded words in a row, with slips of one letter in the trade's longer words mended: "ballte clases, how much?" reads "ballet clases how much". */
export function mended(text: string): string {
  return wordsOf(text).map(({ word }) => (word.length < 5 || known.has(word) ? word : mendedWord(word))).join(' ')
}

export function stylesIn(mendedText: string): string[] {
  return Object.entries(styles).flatMap(([name, sign]) => (sign.test(mendedText) ? [name] : []))
}

export function topicsIn(mendedText: string): Topic[] {
  return (Object.keys(topics) as Topic[]).filter(topic => topics[topic].sign.test(mendedText))
}

function mendedWord(word: string): string {
  const remembered = mendedWords.get(word)
  if (remembered !== undefined) return remembered
  const right = byLetter.get(word[0] ?? '')?.find(one => editDistance(word, one, 1) === 1 && !inflected(word, one)) ?? word
  if (mendedWords.size >= mostRemembered) mendedWords.clear()
  mendedWords.set(word, right)
  return right
}

/** One ending more or less is another form of the word, not a slip. */
function inflected(word: string, right: string): boolean {
  return word.startsWith(right) || right.startsWith(word)
}

const spanish = new Set('hola que el la los las un una de del para por con como cuando donde cuanto cuesta quiero quisiera me mi hija hijo gracias buenas buenos dias tardes es son hay clase clases tienen teneis puedo seria y o pero si muy mas'.split(' '))
const english = new Set('hi hello the a an and or for with how when where what much is are do does you your i my we would like want can please thanks class classes there this have has it on in to of'.split(' '))

/** The language of what was written last: "es" or "en", or null when the words do not tell. */
export function languageOf(text: string): 'en' | 'es' | null {
  let balance = /[¿¡ñ]/.test(text) ? 3 : 0
  for (const { word } of wordsOf(text)) balance += (spanish.has(word) ? 1 : 0) - (english.has(word) ? 1 : 0)
  return balance > 0 ? 'es' : balance < 0 ? 'en' : null
}

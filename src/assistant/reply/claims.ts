// The last gate of every draft: a number, price, time, date, free offer, promise or link that no quoted span holds does not leave the house.
import { fold } from '../../platform/words.ts'
import { clean, sentencesOf } from '../clean.ts'

/** Figures with the unit beside them, days, months, and words that promise money. */
const units: [unit: string, sign: string][] = [
  ['money', '€|\\$|£|eur|euros?|dollars?|usd|pounds?|gbp|bucks'], ['percent', '%|percent|por ciento'], ['minutes', 'minutes?|mins?|minutos?'], ['hours', 'hours?|hrs?|horas?'],
  ['years', 'years?|yrs?|anos?'], ['clock', 'am|pm|a\\.m\\.|p\\.m\\.|h|o clock'], ['weeks', 'weeks?|semanas?'], ['months', 'months?|mes|meses'], ['days', 'days?|dias?'], ['classes', 'class|classes|lessons?|sessions?|clases?|sesiones'],
]
const words = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?)\b|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b|\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b|\b(?:today|tonight|tomorrow|noon|midnight|hoy|manana|mediodia)\b|\b(?:free|gratis|gratuit[oa]s?|discounts?|descuentos?|refunds?|reembolsos?|half price|mitad de precio|guarantee[ds]?|garantiza\w*)\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozen|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|ciento|mil)\b/g
/** What only a person can promise: that somebody will ask, answer, book, and when. */
const promises = /\b(?:(?:i|we|they|a colleague|someone|our team|the team) ?(?:ll|will|shall|am going to|are going to) (?:\w+ )?(?:ask|check|find|get back|come back|write|call|answer|reply|send|confirm|book|reserve|hold|save|keep)|let me (?:check|ask|find|book|reserve)|(?:get|come) back to you|(?:te|le|os|les) (?:respondo|respondere|escribo|escribire|llamo|llamare|confirmo|confirmare|reservare|guardo|guardare)|te lo consulto|lo consulto|(?:te|le) respondera|shortly|very soon|enseguida)\b/
const links = /(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|es|co|app|info|me|ly|eu|uk|de|fr|it|mx|ar|dev|link|xyz)\b\S*/gi

/** What a text claims, each in one spelling: "20 money", "18:30", "monday", "https://…". */
export function claimsOf(text: string): string[] {
  const found: string[] = []
  const rest = text.replace(links, link => {
    found.push(link.toLowerCase().replace(/[).,;!?]+$/, ''))
    return ' '
  })
  const plain = fold(rest).replace(/\bfeel free\b/g, ' ')
  for (const match of plain.matchAll(/\d(?:[\d.,:'/-]*\d)?/g)) {
    const before = plain.slice(Math.max(0, match.index - 3), match.index)
    const after = plain.slice(match.index + match[0].length, match.index + match[0].length + 12)
    const unit = units.find(([name, sign]) => new RegExp(`^\\s?-?(?:${sign})(?![a-z])`).test(after) || (name === 'money' && new RegExp(`(?:${sign})\\s?$`).test(before)))
    found.push(unit === undefined ? figure(match[0]) : `${figure(match[0])} ${unit[0]}`)
  }
  for (const match of plain.matchAll(words)) found.push(match[0].replace(/s$/, ''))
  if (!plain.includes('?') && promises.test(plain.replace(/['’]/g, ' '))) found.push('promise')
  return found
}

/** Whether every claim of a sentence stands in one of the quotes, with the same unit where the draft names one. */
export function isCovered(sentence: string, quotes: string[]): boolean {
  const held = new Set(quotes.flatMap(claimsOf))
  const bare = new Set([...held].map(claim => claim.split(' ')[0] ?? claim))
  return claimsOf(sentence).every(claim => held.has(claim) || (!claim.includes(' ') && bare.has(claim)))
}

/** The draft with every uncovered sentence replaced once by `instead`. `changed` tells whether one was. */
export function withoutLooseClaims(text: string, quotes: string[], instead: string): { text: string; changed: boolean } {
  let changed = false
  const kept: string[] = []
  for (const sentence of sentencesOf(text)) {
    if (isCovered(sentence.text, quotes)) kept.push(sentence.text)
    else if (!changed) {
      kept.push(instead)
      changed = true
    }
  }
  return changed ? { text: kept.join(' '), changed } : { text, changed }
}

/** A model's words as plain text: no markup, no images, no invisible characters, links only as their words. */
export function plainText(text: string): string {
  return clean(text)
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/<\/?[a-z][^>]*>/gi, '').replace(/[*_`#]{2,}|`/g, '')
    .replace(/[ \t]+/g, ' ').replace(/\n{3,}/g, '\n\n').trim()
}

/** "1.000,50" and "1000.50" alike; "18.30" as a time stays apart from a price by its unit. */
function figure(text: string): string {
  return text.replace(/[.,](?=\d{3}(?!\d))/g, '').replace(/,/g, '.').replace(/[.:]00$/, '').replace(/^0+(?=\d)/, '')
}

// Reads facts out of what a contact wrote, by rules in English and Spanish. Pure; quotes are exact spans of the message.
import type { ThreadLine } from '../../contract/assistant.ts'
import { clean, sentencesOf } from '../clean.ts'
import { levels, mended, stylesIn } from '../lexicon.ts'
import type { KindName } from './kinds.ts'

/** A fact somebody claims: the kind, the message, and its very words. */
export interface Claim { kind: string; message_id: string; quote: string }

/** Signs in folded, mended words; `not` takes a match back. */
const rules: [kind: KindName, sign: RegExp, not?: RegExp][] = [
  ['spam', /\b(seo|crypto|bitcoin|casino|backlinks?|buy followers|more followers|business loan|grow your (business|instagram)|rank(ing)? (on|in) google|seguidores|posicionamiento web)\b/],
  ['wrong_number', /\b(wrong (number|person|chat)|who is this|numero equivocado|me he equivocado|se equivoca de numero)\b/],
  ['not_interested', /\b(not interested|no longer interested|found another (studio|school|place)|changed (my|our) mind|no me interesa|ya no (me interesa|quiero)|encontre otra|otra academia)\b/, /\b(are|if) (you|they)\b/],
  ['asks_class', /\b(class|classes|course|courses|lessons?|workshops?|clases?|cursos?|talleres|dance|dancing|bailar|baile)\b/],
  ['asks_schedule', /\b(schedules?|timetables?|when (is|are|do|does|can|could)|what (time|days?)|which days?|horarios?|cuando|que dias?|a que hora)\b/],
  ['asks_trial', /\b(trials?|taster|try (a|it|one|out|the)|first class|clase de prueba|de prueba|probar|primera clase)\b/],
  ['wants_to_book', /\b(book|sign (me |us |him |her |them |my \w+ )?up|signing up|enrol(l|ling)?|register|reserve|join|save (me|us) a|take (a|the|it)|apuntar\w*|inscribir\w*|matricular\w*|reservar\w*|me apunto|nos apuntamos)\b/,
    /\b(don t|do not|didn t|not|never|no|cannot|can t|how do you) (\w+ ){0,3}(book|sign|enrol\w*|register|reserve|join|take|apuntar\w*|inscribir\w*|matricular\w*|reservar\w*)/],
  ['urgent', /\b(asap|urgent(ly)?|right away|immediately|today|tonight|as soon as possible|hoy|cuanto antes|urgente|ahora mismo)\b/],
  ['this_week', /\b(tomorrow|this (week|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|esta (semana|tarde)|este (fin de semana|lunes|martes|miercoles|jueves|viernes|sabado|domingo)|manana)\b/, /\b(por|de|en) la manana\b/],
  ['next_term', /\b(next (week|month|term|semester|season)|(in|from|starting|this) (january|february|march|april|may|june|july|august|september|october|november|december)|new term|proxim[oa] (semana|mes|curso|trimestre)|mes que viene|semana que viene|en (enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre))\b/],
  ['no_hurry', /\b(no (rush|hurry)|just (looking|curious|browsing)|maybe (next year|someday|later)|sin prisa|solo (mirando|por curiosidad)|mas adelante|el ano que viene)\b/],
  ['wants_to_start', /\b(start|begin|empezar|comenzar)\b/, /\b(when|what time|does|do) (\w+ ){0,3}(start|begin)\b/],
  ['names_date', /\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunes|martes|miercoles|jueves|viernes|sabado|domingo)s?\b|\b\d{1,2} (of )?(january|february|march|april|may|june|july|august|september|october|november|december)\b|\b\d{1,2} de (enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b/],
  ['has_deadline', /\b(wedding|recital|competition|audition|quinceaner\w+|first dance|boda|concurso|audicion|primer baile)\b/],
  ['asks_price', /\b(price|prices|pricing|how much|cost|costs|fee|fees|tuition|rates|precios?|cuanto (cuesta|cuestan|vale|valen|es|seria|sale)|cuesta|tarifas?|cuotas?)\b/],
  ['asks_package', /\b(memberships?|packages?|monthly|per month|a month|punch card|class (pass|card)|bonos?|abonos?|mensual|mensualidad|al mes)\b/],
  ['asks_payment', /\b(how (can|do|could) (i|we) pay|pay (by|with|now|online)|deposit|bank transfer|can i pay|bizum|como (se paga|pago|puedo pagar)|pagar con|transferencia)\b/],
  ['accepts_price', /\b(price (is|sounds|works) (ok|okay|fine|good|great|fair|reasonable)|that s (a )?(fair|reasonable|good) price|sounds reasonable|(works|fine) (for|with|in) (my|our|the|me)( budget)?|happy with the price|precio (me parece|esta) bien|me parece (bien|razonable) el precio|de acuerdo con el precio)\b/],
  ['too_expensive', /\b(too expensive|can t afford|cannot afford|too much (money|for)|out of (my|our) budget|cheaper|demasiado caro|muy caro|es caro|no me lo puedo permitir|mas barato|se sale de mi presupuesto)\b/],
  ['several_children', /\b((two|three|2|3|both|my) (kids|children|daughters|sons|girls|boys)|twins|siblings|(dos|tres|2|3|mis) (hijos|hijas|ninos|ninas)|gemel[oa]s|mellizos)\b/],
  ['for_child', /\b(daughters?|sons?|my (kid|kids|child|children|boy|girl|little one|niece|nephew)|grand(son|daughter)|toddler|hij[oa]s?|mi (nina|nino|peque|sobrin[oa]|niet[oa]))\b/],
  ['states_age', /\b(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) (year|years|yr|yrs|yo)( old)?\b|\b(is|she s|he s|am|i m|aged?|turns) (\d{1,2})\b(?! (am|pm|euros?|eur))|\b(\d{1,2}|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez) anos\b|\b(for )?adults?\b|\badultos?\b/],
  ['states_level', levels],
  ['lives_near', /\b(live (near|close|nearby|around|in the area)|close by|around the corner|near (you|the studio)|vivo (cerca|al lado|por la zona)|soy del barrio|cerca de (vosotros|la academia|ustedes))\b/],
  ['lives_far', /\b(too far|live far|in another city|(other|different) city|moved away|muy lejos|vivo lejos|otra ciudad|me he mudado)\b/],
]

/** Facts in the inbound lines, oldest first; a rule speaks once per message. */
export function factsByRules(lines: ThreadLine[]): Claim[] {
  const found: Claim[] = []
  for (const line of lines.filter(one => one.direction === 'inbound')) {
    const spoken = new Set<string>()
    for (const sentence of sentencesOf(clean(line.content))) {
      const text = mended(sentence.text)
      const claim = (kind: KindName): void => {
        if (!spoken.has(kind)) found.push({ kind, message_id: line.id, quote: sentence.text })
        spoken.add(kind)
      }
      for (const [kind, sign, not] of rules) if (sign.test(text) && not?.test(text) !== true) claim(kind)
      if (stylesIn(text).length > 0) claim('names_style')
    }
  }
  return found
}

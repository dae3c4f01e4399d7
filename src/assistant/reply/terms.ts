// The words of a question that an answer must be about: common ones left out, English and Spanish brought to one form.
import { wordsOf } from '../../platform/words.ts'

const common = new Set(('a an the and or but if so of in on at to for with from by is are am was were be been do does did have has had can could would will shall should may might it its this that these those there here i me my we us our you your he she they them his her their what which who how why when where much many any some all just also please thanks thank hi hello hey good morning afternoon evening dear like want wanted need know tell looking interested ask asking question questions help info information about more get got give let make made take run go going come see think really very too not no yes ok okay new one ones per something anything someone anyone than then as up out s m t re ll ve d im dont '
  + 'daughter daughters son sons kid child boy girl little husband wife friend myself old year years yr yrs love loves offer offered available possible still currently class classes lesson lessons time times day days dance dancing dances place hour hours clase clases hora horas dia dias baile bailar '
  + 'el la los las un una unos unas y o pero si de del al en con por para es son soy eres somos estoy esta estan estais ser estar hay ha he hola buenas buenos dias tardes noches gracias favor me mi mis te tu tus se su sus nos nuestro vosotros ustedes usted yo ella ellos que cual cuales como cuando donde cuanto cuanta cuantos muy mas tambien quiero quisiera gustaria querria saber informacion info pregunta preguntar interesa interesada interesado tengo tiene tienen teneis ofrecen ofreceis dais hija hijas hijo hijos nina nino ano anos algo alguna alguno lo le les ya no').split(' '))

const forms: Record<string, string> = {}
for (const group of [
  'class clase clases classes lesson lessons course courses curso cursos', 'kids children ninos ninas infantil kid', 'adult adults adulto adultos', 'beginner beginners principiante principiantes iniciacion novice',
  'intermediate intermedio', 'advanced avanzado avanzada', 'month monthly mes mensual mensualidad months', 'week weekly semana semanal weeks', 'parking park aparcar aparcamiento estacionamiento car', 'shoe shoes zapato zapatos zapatillas footwear', 'clothes wear ropa vestir outfit dress attire',
  'cancel cancellation cancelar cancelacion canceled cancelled', 'refund refunds reembolso devolucion', 'discount discounts off descuento descuentos', 'sibling siblings hermano hermanos hermana hermanas', 'free gratis gratuita gratuito', 'teacher teachers instructor instructors profesor profesora profesores',
  'price prices pricing cost costs fee fees precio precios cuesta cuestan tarifa tarifas cuota cuotas tuition', 'schedule timetable horario horarios', 'trial trials prueba taster', 'weekend finde', 'private privada privadas privado particular particulares', 'wedding boda', 'online virtual', 'party fiesta birthday cumpleanos',
  'monday lunes mondays', 'tuesday martes tuesdays', 'wednesday miercoles wednesdays', 'thursday jueves thursdays', 'friday viernes fridays', 'saturday sabado saturdays sabados', 'sunday domingo sundays domingos',
  'address direccion', 'register registration inscripcion matricula enrol enroll enrolment enrollment inscribir apuntar sign', 'pay payment pago pagar', 'card tarjeta', 'cash efectivo', 'makeup recuperar recover', 'shower showers duchas ducha', 'wheelchair accessible accesible silla', 'dance bailar baile danza dancing', 'partner pareja', 'contract permanencia contrato', 'summer verano', 'camp campamento', 'drop dropin suelta sueltas',
].map(list => list.split(' '))) for (const word of group) forms[word] = group[0] ?? word

/** Distinct terms in one form each. */
export function termsOf(text: string): string[] {
  return [...new Set(wordsOf(text).map(({ word }) => word).filter(word => word.length > 1 && !common.has(word)).map(formOf))]
}

function formOf(word: string): string {
  return forms[word] ?? (word.length > 4 ? word.replace(/(?:es|s)$/, '') : word)
}

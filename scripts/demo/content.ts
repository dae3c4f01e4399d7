// What the demo studio knows, and what its customers wrote: fiction, made to show every part of the inbox.

export const knowledge = [
  { title: 'Prices 2026/27', category: 'prices', content: 'One class a week costs 49 € a month, two cost 85 €, unlimited classes 119 €. Siblings pay 15 % less. A single drop-in class is 16 €. There is no joining fee, and you can leave at the end of any month.' },
  { title: 'Trial class', category: 'trial', content: 'A trial class costs 12 €. If you join within a week, we take it off your first month. Wear something you can move in and bring water; ballet slippers can be borrowed.' },
  { title: 'Where we are', category: 'location', content: 'Luz Dance Studio, Carrer de la Llum 14, 46001 Valencia. Metro Colón, 4 minutes on foot. The entrance is through the courtyard, and there is a lift. Parking is at Plaça del Patriarca.' },
  { title: 'Kids ballet', category: 'classes', content: 'Pre-Ballet is for children from 4 to 6 years, Mondays 17:00 with Maya. Ballet 1 is for 6 to 8 years, Wednesdays 17:00 with Maya. Ballet 2 is for 9 to 12 years and meets twice, Tuesdays and Thursdays at 18:00.' },
  { title: 'Adults', category: 'classes', content: 'Contemporary for beginners: Tuesdays 19:30 with Noa. Flamenco, open level: Thursdays 20:00 with Carla. Hip-hop for adults: Fridays 19:00 with Dre. No experience is needed for any of them.' },
  { title: 'Missed classes', category: 'policies', content: 'A missed class can be made up within four weeks in any class of the same level. Please tell us by 12:00 on the day. We do not refund single classes.' },
  { title: 'Summer dance camp', category: 'other', content: 'The summer camp runs from 29 June to 10 July, 9:30 to 14:00, for children from 7 to 12. One week costs 165 €, both cost 295 €, lunch included.' },
] as const

export const labels = [{ name: 'Trial', color: '#8e3b75' }, { name: 'Parent', color: '#2f6f9f' }, { name: 'Payment', color: '#a15c07' }, { name: 'Camp', color: '#3a7d44' }] as const

export const snippets = [
  { title: 'Welcome', content: 'Hi {{name}}, welcome to Luz! How old is the dancer, and have they danced before?' },
  { title: 'Directions', content: 'We are at Carrer de la Llum 14, four minutes from Metro Colón. The door is in the courtyard.' },
] as const

interface Line { kind: string; ago: number; text?: string; reply?: string; media?: 'photo'; [key: string]: unknown }
interface Story { persona: { id: string; name: string; phone: string }; lines: Line[]; labels?: string[]; answer?: string; note?: string; close?: boolean; mine?: boolean }

/** `ago` in minutes before now; `answer` is sent by the owner after the last line. */
export const stories: Story[] = [
  { persona: { id: 'luz-ana', name: 'Ana Torres', phone: '+34600100201' }, labels: ['Trial', 'Parent'], lines: [
    { kind: 'text', ago: 6, text: 'Hi! My daughter Lucía is 6 and would love to try ballet 🩰' },
    { kind: 'text', ago: 5, text: 'What does a trial class cost, and is there a place this Wednesday?' },
  ] },
  { persona: { id: 'luz-marco', name: 'Marco Bianchi', phone: '+393331100202' }, labels: ['Trial'], lines: [
    { kind: 'text', ago: 64, text: 'Hello, do you have contemporary for complete beginners? I am 34 and have never danced.', referral: true },
  ], answer: 'Hi Marco! Yes: Tuesdays at 19:30 with Noa, and no experience is needed. Would you like to come by for a trial?' },
  { persona: { id: 'luz-mei', name: 'Mei Chen', phone: '+34600100203' }, labels: ['Camp', 'Parent'], mine: true, lines: [
    { kind: 'text', ago: 130, text: 'Is there still space in the summer camp for both weeks? Two kids, 8 and 10.' },
    { kind: 'image', ago: 128, caption: 'They danced in the school show 😊' },
  ], note: 'Two siblings: 15 % less on the classes afterwards.' },
  { persona: { id: 'luz-noor', name: 'Noor Haddad', phone: '+34600100204' }, lines: [
    { kind: 'voice', ago: 22 },
    { kind: 'text', ago: 21, text: 'Sorry for the voice note, I was on the bike! Can Samir make up the class he missed?' },
  ] },
  { persona: { id: 'luz-sofia', name: 'Sofía Ruiz', phone: '+34600100205' }, labels: ['Payment'], close: true, lines: [
    { kind: 'text', ago: 1500, text: 'Hola, ¿puedo pagar dos clases a la semana con tarjeta?' },
  ], answer: '¡Hola Sofía! Sí, claro. Dos clases a la semana son 85 € al mes, con tarjeta en el estudio.' },
  { persona: { id: 'luz-jonas', name: 'Jonas Weber', phone: '+4915112345678' }, lines: [
    { kind: 'location', ago: 41 },
    { kind: 'text', ago: 40, text: 'I am here, is this the right door?' },
  ] },
  { persona: { id: 'luz-priya', name: 'Priya Nair', phone: '+447700900123' }, labels: ['Trial'], lines: [
    { kind: 'text', ago: 260, text: 'Could you tell me how much unlimited classes are? And do you do a discount for my sister and me?' },
    { kind: 'text', ago: 258, text: 'We would like to start next week if possible.' },
  ] },
]

// The page: several phones side by side, each played by one customer.

import { addNumber, addPersona, changePersona, personas, type Persona } from './api.ts'
import { chatScreen, type Screen } from './chat-screen.ts'
import { el, note, sheet } from './dom.ts'
import { icon } from './icons.ts'
import { listScreen } from './list-screen.ts'

const POLL_MS = 1000
const KEY = 'simulator.phones'

interface Phone { view: HTMLElement; refresh(): Promise<void> }

const phones = new Set<Phone>()
const place = document.getElementById('phones')
let people: Persona[] = []

async function start(): Promise<void> {
  people = await personas()
  const saved: string[] = JSON.parse(localStorage.getItem(KEY) ?? 'null') ?? ['ana', ...(innerWidth > 900 ? ['marco'] : [])]
  for (const id of saved) addPhone(people.find(person => person.id === id) ?? people[0])
  document.getElementById('add-phone')?.addEventListener('click', () => {
    const used = playing()
    addPhone(people.find(person => !used.includes(person.id)) ?? people[0])
  })
  document.getElementById('add-number')?.addEventListener('click', numberSheet)
  void poll()
}

async function poll(): Promise<void> {
  await Promise.all([...phones].map(phone => phone.refresh().catch(error => note(`The simulator does not answer: ${String(error)}`))))
  setTimeout(() => void poll(), document.visibilityState === 'visible' ? POLL_MS : POLL_MS * 5)
}

function addPhone(first: Persona | undefined): void {
  if (!first || !place) return
  let persona = first
  let screen: Screen
  const glass = el('div', { class: 'glass' })
  const show = (next: Screen) => {
    screen = next
    glass.replaceChildren(next.view)
    void next.refresh().catch(error => note(String(error)))
  }
  const list = (): void => show(listScreen(persona, head => show(chatScreen(head, persona, list))))
  const select = el('select', { 'aria-label': 'Who plays this phone' })
  const fill = () => select.replaceChildren(...people.filter(one => !one.found || one.id === persona.id).map(one => el('option', { value: one.id, selected: one.id === persona.id }, one.name)), el('option', { value: '+' }, 'New customer…'))
  const become = (next: Persona) => { persona = next; fill(); remember(); list() }
  select.addEventListener('focus', fill)
  select.addEventListener('change', () => {
    if (select.value === '+') {
      fill()
      return personSheet(made => { people = [...people, made]; become(made) })
    }
    const next = people.find(one => one.id === select.value)
    if (next) become(next)
  })
  const autoRead = el('input', { type: 'checkbox', checked: persona.auto_read ?? false })
  autoRead.addEventListener('change', () => void changePersona(persona.id, { auto_read: autoRead.checked }))
  const remove = el('button', { type: 'button', class: 'icon', 'aria-label': 'Put this phone away', title: 'Put this phone away' }, icon('close'))
  const view = el('div', { class: 'phone', 'data-persona': persona.id }, el('div', { class: 'owner' }, select, el('label', {}, autoRead, ' reads at once'), remove), glass)
  const phone: Phone = { view, refresh: () => screen.refresh() }
  remove.addEventListener('click', () => { phones.delete(phone); view.remove(); remember() })
  const remember = () => { view.dataset.persona = persona.id; localStorage.setItem(KEY, JSON.stringify(playing())) }
  phones.add(phone)
  place.append(view)
  fill()
  remember()
  list()
}

const playing = (): string[] => [...phones].map(phone => phone.view.dataset.persona ?? '').filter(Boolean)

function personSheet(done: (persona: Persona) => void): void {
  sheet('New customer', close => {
    const name = el('input', { required: true, placeholder: 'Name', 'aria-label': 'Name' })
    const phone = el('input', { placeholder: 'Phone, e.g. +34 600 123 456 (optional)', 'aria-label': 'Phone', inputmode: 'tel' })
    const username = el('input', { placeholder: 'Username (hides the phone from the studio)', 'aria-label': 'Username' })
    const save = async () => {
      const made = await addPersona({ name: name.value, ...(phone.value ? { phone: phone.value } : {}), ...(username.value ? { username: username.value, hide_phone: true } : {}) })
      close()
      done(made)
    }
    return [el('form', { on: { submit: event => { event.preventDefault(); save().catch(error => note(String(error))) } } }, name, phone, username, el('button', { class: 'primary' }, 'Add'))]
  })
}

function numberSheet(): void {
  sheet("A studio's number", close => {
    const id = el('input', { required: true, pattern: '\\d{3,30}', placeholder: 'phone_number_id (digits)', 'aria-label': 'phone_number_id', inputmode: 'numeric' })
    const name = el('input', { placeholder: 'Name of the studio', 'aria-label': 'Name of the studio', value: 'Studio One Dance' })
    const save = async () => { await addNumber(id.value, name.value); close() }
    return [el('form', { on: { submit: event => { event.preventDefault(); save().catch(error => note(String(error))) } } }, id, name, el('button', { class: 'primary' }, 'Add'))]
  })
}

void start().catch(error => note(`The simulator does not answer: ${String(error)}`))

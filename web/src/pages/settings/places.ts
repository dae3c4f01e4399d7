// Time zones and languages to choose from, as the browser knows them, and the guess for this one.
import type { Choice } from '../../ui/combobox.tsx'

const languages = ['en-US', 'en-GB', 'en-AU', 'en-CA', 'de-DE', 'de-AT', 'de-CH', 'fr-FR', 'fr-CA', 'es-ES', 'es-MX', 'it-IT', 'nl-NL', 'pt-BR', 'pt-PT', 'pl-PL', 'sv-SE', 'da-DK', 'nb-NO', 'fi-FI', 'cs-CZ', 'tr-TR', 'el-GR', 'uk-UA', 'ro-RO', 'hu-HU', 'ja-JP', 'ko-KR', 'zh-CN', 'zh-TW', 'he-IL', 'ar-AE', 'hi-IN', 'id-ID', 'th-TH', 'vi-VN']

/** All time zones with their offset of today. */
export function timezoneChoices(): Choice[] {
  return Intl.supportedValuesOf('timeZone').concat('UTC').filter((zone, index, all) => all.indexOf(zone) === index).map(zone => ({ value: zone, label: zone.replaceAll('_', ' '), aside: offsetOf(zone) }))
}

/** Common languages by their name in this browser's own; `extra` keeps a stored one in the list. */
export function localeChoices(extra: string): Choice[] {
  const names = new Intl.DisplayNames(undefined, { type: 'language' })
  const tags = languages.includes(extra) || !extra ? languages : [extra, ...languages]
  return tags.map(tag => ({ value: tag, label: names.of(tag) ?? tag, also: tag, aside: tag })).sort((a, b) => a.label.localeCompare(b.label))
}

export function guessedTimezone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

export function guessedLocale(): string {
  return navigator.language || 'en-US'
}

/** A web address's part from a studio's name: letters, digits and dashes, at most 60. */
export function slugOf(name: string): string {
  const plain = name.replace(/ß/g, 'ss').replace(/ø/gi, 'o').replace(/æ/gi, 'ae').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/['’]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '')
}

function offsetOf(zone: string): string {
  return new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(Date.now()).find(part => part.type === 'timeZoneName')?.value ?? ''
}

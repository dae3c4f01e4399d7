// Which time zones a phone number may stand for, by its country code. First and last zone where a country has several.

// calling code → IANA zones, west to east (source: the countries of ITU E.164 and the IANA time zone database)
const zones: Record<string, readonly string[]> = {
  1: ['America/Los_Angeles', 'America/New_York'], 20: ['Africa/Cairo'], 212: ['Africa/Casablanca'], 213: ['Africa/Algiers'], 216: ['Africa/Tunis'], 218: ['Africa/Tripoli'],
  221: ['Africa/Dakar'], 225: ['Africa/Abidjan'], 233: ['Africa/Accra'], 234: ['Africa/Lagos'], 237: ['Africa/Douala'], 251: ['Africa/Addis_Ababa'], 254: ['Africa/Nairobi'], 255: ['Africa/Dar_es_Salaam'], 256: ['Africa/Kampala'], 27: ['Africa/Johannesburg'],
  30: ['Europe/Athens'], 31: ['Europe/Amsterdam'], 32: ['Europe/Brussels'], 33: ['Europe/Paris'], 34: ['Europe/Madrid'], 351: ['Europe/Lisbon'], 352: ['Europe/Luxembourg'], 353: ['Europe/Dublin'], 354: ['Atlantic/Reykjavik'], 355: ['Europe/Tirane'], 356: ['Europe/Malta'], 357: ['Asia/Nicosia'], 358: ['Europe/Helsinki'], 359: ['Europe/Sofia'],
  36: ['Europe/Budapest'], 370: ['Europe/Vilnius'], 371: ['Europe/Riga'], 372: ['Europe/Tallinn'], 373: ['Europe/Chisinau'], 374: ['Asia/Yerevan'], 375: ['Europe/Minsk'], 380: ['Europe/Kyiv'], 381: ['Europe/Belgrade'], 385: ['Europe/Zagreb'], 386: ['Europe/Ljubljana'], 387: ['Europe/Sarajevo'], 389: ['Europe/Skopje'], 39: ['Europe/Rome'],
  40: ['Europe/Bucharest'], 41: ['Europe/Zurich'], 420: ['Europe/Prague'], 421: ['Europe/Bratislava'], 423: ['Europe/Vaduz'], 43: ['Europe/Vienna'], 44: ['Europe/London'], 45: ['Europe/Copenhagen'], 46: ['Europe/Stockholm'], 47: ['Europe/Oslo'], 48: ['Europe/Warsaw'], 49: ['Europe/Berlin'],
  502: ['America/Guatemala'], 503: ['America/El_Salvador'], 504: ['America/Tegucigalpa'], 505: ['America/Managua'], 506: ['America/Costa_Rica'], 507: ['America/Panama'], 51: ['America/Lima'], 52: ['America/Tijuana', 'America/Cancun'], 53: ['America/Havana'], 54: ['America/Argentina/Buenos_Aires'], 55: ['America/Rio_Branco', 'America/Sao_Paulo'], 56: ['America/Santiago'], 57: ['America/Bogota'], 58: ['America/Caracas'], 591: ['America/La_Paz'], 593: ['America/Guayaquil'], 595: ['America/Asuncion'], 598: ['America/Montevideo'],
  60: ['Asia/Kuala_Lumpur'], 61: ['Australia/Perth', 'Australia/Sydney'], 62: ['Asia/Jakarta', 'Asia/Jayapura'], 63: ['Asia/Manila'], 64: ['Pacific/Auckland'], 65: ['Asia/Singapore'], 66: ['Asia/Bangkok'], 7: ['Europe/Kaliningrad', 'Asia/Kamchatka'], 81: ['Asia/Tokyo'], 82: ['Asia/Seoul'], 84: ['Asia/Ho_Chi_Minh'], 852: ['Asia/Hong_Kong'], 855: ['Asia/Phnom_Penh'], 86: ['Asia/Shanghai'], 880: ['Asia/Dhaka'], 886: ['Asia/Taipei'],
  90: ['Europe/Istanbul'], 91: ['Asia/Kolkata'], 92: ['Asia/Karachi'], 94: ['Asia/Colombo'], 95: ['Asia/Yangon'], 961: ['Asia/Beirut'], 962: ['Asia/Amman'], 963: ['Asia/Damascus'], 964: ['Asia/Baghdad'], 965: ['Asia/Kuwait'], 966: ['Asia/Riyadh'], 971: ['Asia/Dubai'], 972: ['Asia/Jerusalem'], 973: ['Asia/Bahrain'], 974: ['Asia/Qatar'], 977: ['Asia/Kathmandu'], 98: ['Asia/Tehran'], 994: ['Asia/Baku'], 995: ['Asia/Tbilisi'], 998: ['Asia/Tashkent'],
}

/** Zones for an E.164 number, west to east; empty when the country is not known. */
export function zonesOfPhone(phone: string | null): readonly string[] {
  const digits = phone?.startsWith('+') ? phone.slice(1).replace(/\D/g, '') : ''
  for (const length of [3, 2, 1]) {
    const found = zones[digits.slice(0, length)]
    if (found && digits.length > length) return found
  }
  return []
}

/** "Tue, 17:30" in a zone. */
export function timeInZone(at: number, zone: string): string {
  return new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(at))
}

/** "Sao Paulo" of "America/Sao_Paulo". */
export function zoneCity(zone: string): string {
  return zone.split('/').at(-1)!.replaceAll('_', ' ')
}

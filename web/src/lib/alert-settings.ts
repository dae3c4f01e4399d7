// How this browser may call for attention: switched in the settings, kept in localStorage, off until switched on.

export type Alert = 'desktop' | 'sound' | 'badge'

export function alertOn(kind: Alert): boolean {
  return localStorage.getItem(`notify.${kind}`) === 'on'
}

// Whether somebody logged in on this browser before: public pages then ask who it is, and leave guests' consoles quiet.

const key = 'studio.known_login'

export function rememberLogin(here: boolean): void {
  if (here) localStorage.setItem(key, 'yes')
  else localStorage.removeItem(key)
}

export function knownLogin(): boolean {
  return localStorage.getItem(key) === 'yes'
}

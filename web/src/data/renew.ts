// Renews an ended access token: one request at a time in this tab and, by a lock, in all tabs.

const renewedKey = 'studio.renewed_at'
let running: Promise<boolean> | null = null
const endings = new Set<() => void>()

/** Called when the server says that the session is over: show the login. */
export function onSessionEnd(listener: () => void): () => void {
  endings.add(listener)
  return () => endings.delete(listener)
}

export function sessionEnded(): void {
  for (const listener of endings) listener()
}

/** True when a fresh access token is there; `since` is when the failed request began (ms). False: over, or unreachable. */
export function renewSession(since: number): Promise<boolean> {
  running ??= locked(() => renew(since)).finally(() => { running = null })
  return running
}

async function renew(since: number): Promise<boolean> {
  if (Number(localStorage.getItem(renewedKey) ?? 0) > since) return true // another tab was faster
  let status = 0
  try {
    status = (await fetch('/api/auth/refresh', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}', credentials: 'same-origin' })).status
  } catch {
    return false // unreachable: the session may still be good, the caller reports its own failure
  }
  if (status >= 200 && status < 300) {
    localStorage.setItem(renewedKey, String(Date.now()))
    return true
  }
  if (status === 401 || status === 403) sessionEnded()
  return false
}

function locked<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request('studio-renew', work) as Promise<T> : work()
}

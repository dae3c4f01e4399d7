// Who is logged in, at which studio, and what they may do.
import { createSignal } from 'solid-js'
import type { Me } from '../../../src/contract/auth.ts'
import { may, type Permission } from '../../../src/contract/policy.ts'
import { api, ApiError } from './api.ts'
import { onSessionEnd } from './renew.ts'

const [current, setCurrent] = createSignal<Me | null | undefined>(undefined)

/** undefined: not asked yet; null: nobody is logged in. */
export const session = current

/** Asks the server who we are: at boot, and after login, register, switch or accepting. Throws when it cannot be reached. */
export async function loadSession(): Promise<Me | null> {
  try {
    setCurrent(await api.get<Me>('/api/auth/me'))
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error
    setCurrent(null)
  }
  return current() ?? null
}

export async function logOut(): Promise<void> {
  try {
    await api.post('/api/auth/logout')
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error // 401: it had ended already
  }
  setCurrent(null)
}

/** Whether the person at this screen holds a permission; false while nobody is logged in. */
export function can(permission: Permission): boolean {
  const me = current()
  return me ? may(me.user.role, permission) : false
}

/** Puts a changed profile or studio name in place without asking again. */
export function patchSession(change: (me: Me) => Me): void {
  const me = current()
  if (me) setCurrent(change(me))
}

onSessionEnd(() => setCurrent(null))

// Answers of every way in: the data, the cookies of the web app, and the mails that wait to be relayed.
import type { Entered } from '../contract/auth.ts'
import type { Entry } from '../domain/members/enter.ts'
import { entryCookies } from './cookies.ts'
import { relayLater } from './mount.ts'
import type { Call } from './route.ts'

export function entryAnswer(call: Call, entry: Entry): { data: Entered; headers: Headers } {
  relayLater(call, entry.scope)
  const headers = new Headers()
  if (entry.client === 'web') entryCookies(call.request, entry.data.access_token, entry.refreshToken, headers)
  return { data: entry.data, headers }
}

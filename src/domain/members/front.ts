// What verbs before the studio's door are given: signing up, logging in, links in mails.
import type { Directory } from '../../db/directory/directory.ts'
import { openDirectory } from '../../db/directory/directory.ts'
import type { Bindings } from '../../platform/bindings.ts'
import type { Config } from '../../platform/env.ts'

export interface Front {
  env: Bindings
  config: Config
  directory: Directory
  /** ms since epoch, the same for the whole request. */
  now: number
  requestId: string
  userAgent: string
}

export function openFront(call: { env: Bindings; config: Config; now: number; requestId: string; request: Request }): Front {
  const { env, config, now, requestId } = call
  const userAgent = (call.request.headers.get('user-agent') ?? '').replace(/[^\x20-\x7e]/g, '').slice(0, 200)
  return { env, config, directory: openDirectory(env), now, requestId, userAgent }
}

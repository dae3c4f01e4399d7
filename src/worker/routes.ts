// The route table: every resource adds its list here.
import { routes as authAccount } from './api/auth-account.ts'
import { routes as auth } from './api/auth.ts'
import { routes as invitations } from './api/invitations.ts'
import { routes as members } from './api/members.ts'
import { opsRoutes } from './api/ops.ts'
import { routes as studio } from './api/studio.ts'
import type { Route } from './route.ts'

export const routes: readonly Route[] = [
  ...auth,
  ...authAccount,
  ...members,
  ...invitations,
  ...studio,
  ...opsRoutes(() => routes),
]

// The route table: every resource adds its list here.
import { routes as auth } from './api/auth.ts'
import type { Route } from './route.ts'

export const routes: readonly Route[] = [
  ...auth,
]

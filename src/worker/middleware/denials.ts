// Leaves a trace of what a role did not allow.
import { sql } from 'drizzle-orm'
import { change } from '../../db/changes.ts'
import type { Scope } from '../../db/open-studio.ts'
import type { Route } from '../route.ts'

export async function recordDenial(scope: Scope, route: Route): Promise<void> {
  const subject = scope.actor.kind === 'member' ? scope.actor.id : scope.actor.kind
  await scope.db.commit([change('access.denied', subject, sql`json_object('route', ${`${route.method} ${route.path}`}, 'permission', ${route.access})`)])
}

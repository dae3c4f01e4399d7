// The route table: every resource adds its list here.
import { routes as aiSettings } from './api/ai-settings.ts'
import { routes as attachments } from './api/attachments.ts'
import { routes as audit } from './api/audit.ts'
import { routes as authAccount } from './api/auth-account.ts'
import { routes as auth } from './api/auth.ts'
import { routes as contacts } from './api/contacts.ts'
import { routes as conversations } from './api/conversations.ts'
import { routes as drafts } from './api/drafts.ts'
import { routes as integrations } from './api/integrations.ts'
import { routes as invitations } from './api/invitations.ts'
import { routes as jobs } from './api/jobs.ts'
import { routes as knowledge } from './api/knowledge.ts'
import { routes as labels } from './api/labels.ts'
import { routes as live } from './api/live.ts'
import { routes as llm } from './api/llm.ts'
import { routes as members } from './api/members.ts'
import { routes as messages } from './api/messages.ts'
import { opsRoutes } from './api/ops.ts'
import { routes as search } from './api/search.ts'
import { routes as snippets } from './api/snippets.ts'
import { routes as studio } from './api/studio.ts'
import { routes as templates } from './api/templates.ts'
import { routes as webhook } from './api/webhook.ts'
import type { Route } from './route.ts'

export const routes: readonly Route[] = [
  ...auth,
  ...authAccount,
  ...members,
  ...invitations,
  ...studio,
  ...conversations,
  ...messages,
  ...integrations,
  ...templates,
  ...live,
  ...webhook,
  ...aiSettings,
  ...audit,
  ...drafts,
  ...jobs,
  ...knowledge,
  ...labels,
  ...llm,
  ...snippets,
  ...search,
  ...attachments,
  ...contacts,
  ...opsRoutes(() => routes),
]

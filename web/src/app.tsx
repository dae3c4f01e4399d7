// The map of the app: which address shows which page, each loaded when it is first visited.
import { Navigate, Route, Router, type RouteSectionProps } from '@solidjs/router'
import { ErrorBoundary, lazy, onCleanup, Suspense, type JSX } from 'solid-js'
import { Shell } from './shell/shell.tsx'
import { PageLoading } from './shell/page-loading.tsx'
import { Crash } from './shell/crash.tsx'
import { ConfirmDialog } from './ui/confirm.tsx'
import { ToastRegion } from './ui/toast.tsx'
import { installTooltips } from './ui/tooltip.ts'

const pages = {
  landing: lazy(() => import('./pages/landing/landing.tsx')),
  login: lazy(() => import('./pages/login/login.tsx')),
  register: lazy(() => import('./pages/register/register.tsx')),
  forgot: lazy(() => import('./pages/forgot/forgot.tsx')),
  reset: lazy(() => import('./pages/reset/reset.tsx')),
  verify: lazy(() => import('./pages/verify/verify.tsx')),
  invite: lazy(() => import('./pages/invite/invite.tsx')),
  inbox: lazy(() => import('./pages/inbox/index.tsx')),
  contacts: lazy(() => import('./pages/contacts/index.tsx')),
  knowledge: lazy(() => import('./pages/knowledge/knowledge.tsx')),
  setup: lazy(() => import('./pages/setup/setup.tsx')),
  notFound: lazy(() => import('./pages/not-found/not-found.tsx')),
}
const settings = {
  frame: lazy(() => import('./pages/settings/settings.tsx')),
  studio: lazy(() => import('./pages/settings/studio.tsx')),
  members: lazy(() => import('./pages/settings/members.tsx')),
  connections: lazy(() => import('./pages/settings/connections.tsx')),
  templates: lazy(() => import('./pages/settings/templates.tsx')),
  labels: lazy(() => import('./pages/settings/labels.tsx')),
  assistant: lazy(() => import('./pages/settings/assistant.tsx')),
  notifications: lazy(() => import('./pages/settings/notifications.tsx')),
  account: lazy(() => import('./pages/settings/account.tsx')),
  jobs: lazy(() => import('./pages/settings/jobs.tsx')),
  audit: lazy(() => import('./pages/settings/audit.tsx')),
}

export function App(): JSX.Element {
  onCleanup(installTooltips())
  return (
    <Router root={Root}>
      <Route path="/" component={pages.landing} />
      <Route path="/login" component={pages.login} />
      <Route path="/register" component={pages.register} />
      <Route path="/forgot" component={pages.forgot} />
      <Route path="/reset" component={pages.reset} />
      <Route path="/verify" component={pages.verify} />
      <Route path="/invite" component={pages.invite} />
      <Route component={Shell}>
        <Route path="/inbox/:id?" component={pages.inbox} preload={fetchInbox} />
        <Route path="/contacts/:id?" component={pages.contacts} />
        <Route path="/knowledge" component={pages.knowledge} />
        <Route path="/setup" component={pages.setup} />
        <Route path="/settings" component={settings.frame}>
          <Route path="/" component={() => <Navigate href="/settings/studio" />} />
          <Route path="/studio" component={settings.studio} />
          <Route path="/members" component={settings.members} />
          <Route path="/connections" component={settings.connections} />
          <Route path="/templates" component={settings.templates} />
          <Route path="/labels" component={settings.labels} />
          <Route path="/assistant" component={settings.assistant} />
          <Route path="/notifications" component={settings.notifications} />
          <Route path="/account" component={settings.account} />
          <Route path="/jobs" component={settings.jobs} />
          <Route path="/audit" component={settings.audit} />
        </Route>
      </Route>
      <Route path="*" component={pages.notFound} />
    </Router>
  )
}

/** The inbox's code is fetched while the session is still being asked for. */
function fetchInbox(): void {
  pages.inbox.preload().catch((error: unknown) => console.warn('inbox not fetched ahead', error))
}

function Root(props: RouteSectionProps): JSX.Element {
  return (
    <>
      <ErrorBoundary fallback={(error, reset) => <Crash error={error} reset={reset} />}>
        <Suspense fallback={<PageLoading />}>{props.children}</Suspense>
      </ErrorBoundary>
      <ConfirmDialog />
      <ToastRegion />
    </>
  )
}

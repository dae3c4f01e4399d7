// The frame around every page behind the login: rail or bottom bar, offline banner, and the page itself.
import { Navigate, useLocation, type RouteSectionProps } from '@solidjs/router'
import { createEffect, createSignal, Match, Suspense, Switch, type JSX } from 'solid-js'
import { loadSession, session } from '../data/session.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { rememberLogin } from './known-login.ts'
import { OfflineBanner } from './offline-banner.tsx'
import { PageLoading } from './page-loading.tsx'
import { Rail } from './rail.tsx'
import './shell.css'

/** Asks who is logged in and lets only members through; others go to the login and come back. */
export function Shell(props: RouteSectionProps): JSX.Element {
  const location = useLocation()
  const [failure, setFailure] = createSignal<unknown>(null)
  const load = () => {
    setFailure(null)
    loadSession().catch(setFailure)
  }
  if (session() === undefined) load()
  createEffect(() => { const me = session(); if (me !== undefined) rememberLogin(me !== null) })
  const login = () => `/login?next=${encodeURIComponent(location.pathname + location.search)}`
  return (
    <Switch fallback={<PageLoading />}>
      <Match when={session()}>
        <div class="shell">
          <a class="skip" href="#page">Skip to the page</a>
          <Rail />
          <div class="shell-page">
            <OfflineBanner />
            <main id="page" class="shell-main" tabIndex={-1}><Suspense fallback={<PageLoading />}>{props.children}</Suspense></main>
          </div>
        </div>
      </Match>
      <Match when={session() === null}><Navigate href={login()} /></Match>
      <Match when={failure()}><main class="shell-failure"><ErrorState error={failure()} what="Your studio" retry={load} /></main></Match>
    </Switch>
  )
}

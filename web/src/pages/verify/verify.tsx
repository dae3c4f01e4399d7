// Confirms an e-mail address with the token of a mailed link, at once when the page opens.
import { useSearchParams } from '@solidjs/router'
import { Match, Switch, type JSX } from 'solid-js'
import { api, reasonOf } from '../../data/api.ts'
import { loadSession, session } from '../../data/session.ts'
import { knownLogin } from '../../shell/known-login.ts'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Banner } from '../../ui/banner.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { createLoad } from '../../ui/loaded.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

export default function Verify(): JSX.Element {
  const [query] = useSearchParams<{ token?: string }>()
  const outcome = createLoad(async () => {
    if (!query.token) throw new Error('This link is not whole: open it from the mail again.')
    await api.post('/api/auth/verify-email', { token: query.token })
    if (knownLogin()) await loadSession()
    return true
  })
  return (
    <PublicFrame title="Your e-mail address">
      <Switch>
        <Match when={outcome.error()}>
          <Banner tone="bad" live title="Not confirmed.">{reasonOf(outcome.error())}</Banner>
          <p class="muted">A link works once and for a day. You can ask for a new one in your account.</p>
          <ButtonLink href="/settings/account" wide>My account</ButtonLink>
        </Match>
        <Match when={outcome.data()}>
          <Banner tone="good" live title="Confirmed.">Thank you: the address is yours.</Banner>
          <ButtonLink href={session() ? '/inbox' : '/login'} variant="primary" size="lg" wide>{session() ? 'To the inbox' : 'Log in'}</ButtonLink>
        </Match>
        <Match when={true}><Skeleton lines={2} label="Confirming" /></Match>
      </Switch>
    </PublicFrame>
  )
}

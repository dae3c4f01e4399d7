// Log in with e-mail and password, and go on to the page that was asked for.
import { Navigate, useNavigate, useSearchParams } from '@solidjs/router'
import { createSignal, Show, type JSX } from 'solid-js'
import { api } from '../../data/api.ts'
import { loadSession, session } from '../../data/session.ts'
import { nextPage } from '../../shell/next-page.ts'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextInput } from '../../ui/input.tsx'
import { Link } from '../../ui/link.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'

export default function Login(): JSX.Element {
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const [entering, setEntering] = createSignal(false)
  const form = createForm({ email: '', password: '' }, async values => {
    setEntering(true)
    await api.post('/api/auth/login', { ...values, client: 'web' })
    await loadSession()
    navigate(nextPage(query['next']), { replace: true })
  })
  return (
    <Show when={!session() || entering()} fallback={<Navigate href={nextPage(query['next'])} />}>
      <PublicFrame title="Welcome back" text="Log in to your studio." footer={<>New here? <Link href="/register">Open a studio</Link></>}>
        <form class="form" onSubmit={form.onSubmit}>
          <Show when={form.failure()}><Banner tone="bad" live>{form.failure()}</Banner></Show>
          <Field label="E-mail" required error={form.error('email')}>{control => <TextInput {...control} type="email" name="email" autocomplete="username" autofocus value={form.values.email} onValue={value => form.set('email', value)} />}</Field>
          <Field label="Password" required error={form.error('password')} aside={<Link href="/forgot">Forgot it?</Link>}>{control => <PasswordInput control={control} value={form.values.password} onValue={value => form.set('password', value)} />}</Field>
          <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>Log in</Button>
        </form>
      </PublicFrame>
    </Show>
  )
}

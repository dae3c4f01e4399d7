// Chooses a new password with the token of a mailed link.
import { useSearchParams } from '@solidjs/router'
import { createSignal, Show, type JSX } from 'solid-js'
import { api } from '../../data/api.ts'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { Link } from '../../ui/link.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'

export default function Reset(): JSX.Element {
  const [query] = useSearchParams<{ token?: string }>()
  const [done, setDone] = createSignal(false)
  const form = createForm({ password: '' }, async values => {
    await api.post('/api/auth/reset', { token: query.token ?? '', password: values.password })
    setDone(true)
  })
  return (
    <PublicFrame title="Choose a new password" text="All your sessions end when it is set." footer={<Link href="/forgot">Ask for a new link</Link>}>
      <Show when={query.token} fallback={<Banner tone="warn" title="This link is not whole.">Open it from the mail again, or ask for a new one.</Banner>}>
        <Show when={!done()} fallback={<><Banner tone="good" live>Your password is changed.</Banner><ButtonLink href="/login" variant="primary" size="lg" wide>Log in</ButtonLink></>}>
          <form class="form" onSubmit={form.onSubmit}>
            <Show when={form.failure() ?? form.error('token')}>{words => <Banner tone="bad" live>{words()}</Banner>}</Show>
            <Field label="New password" hint="At least 10 characters. A few words in a row are strong and easy to keep." required error={form.error('password')}>{control => <PasswordInput control={control} fresh value={form.values.password} onValue={value => form.set('password', value)} />}</Field>
            <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>Set the password</Button>
          </form>
        </Show>
      </Show>
    </PublicFrame>
  )
}

// Asks for a link to a new password; the answer is the same whether the address is known or not.
import { createSignal, Show, type JSX } from 'solid-js'
import { api } from '../../data/api.ts'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextInput } from '../../ui/input.tsx'
import { Link } from '../../ui/link.tsx'

export default function Forgot(): JSX.Element {
  const [sent, setSent] = createSignal('')
  const form = createForm({ email: '' }, async values => {
    await api.post('/api/auth/forgot', values)
    setSent(values.email)
  })
  return (
    <PublicFrame title="A new password" text="We mail you a link that lets you choose one." footer={<Link href="/login">Back to the login</Link>}>
      <Show when={!sent()} fallback={<Banner tone="good" live title="Look into your mail.">If {sent()} has a login here, a link is on its way. It works once and for a short time; look into the spam folder too.</Banner>}>
        <form class="form" onSubmit={form.onSubmit}>
          <Show when={form.failure()}><Banner tone="bad" live>{form.failure()}</Banner></Show>
          <Field label="E-mail" required error={form.error('email')}>{control => <TextInput {...control} type="email" autocomplete="username" autofocus value={form.values.email} onValue={value => form.set('email', value)} />}</Field>
          <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>Send the link</Button>
        </form>
      </Show>
    </PublicFrame>
  )
}

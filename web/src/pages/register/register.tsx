// Opens a studio and its owner's login; the details are guessed and can be looked at.
import { useNavigate } from '@solidjs/router'
import { createSignal, Show, type JSX } from 'solid-js'
import { api, ApiError } from '../../data/api.ts'
import { loadSession } from '../../data/session.ts'
import { PublicFrame } from '../../shell/public-frame.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { Icon } from '../../ui/icon.tsx'
import { TextInput } from '../../ui/input.tsx'
import { Link } from '../../ui/link.tsx'
import { PasswordInput } from '../../ui/password-input.tsx'
import { guessedLocale, guessedTimezone, localeChoices, slugOf, timezoneChoices } from '../settings/places.ts'
import './register.css'

export default function Register(): JSX.Element {
  const navigate = useNavigate()
  const [details, setDetails] = createSignal(false)
  const [ownSlug, setOwnSlug] = createSignal(false)
  const form = createForm({ studio_name: '', name: '', email: '', password: '', slug: '', timezone: guessedTimezone(), locale: guessedLocale() }, async ({ slug, ...values }) => {
    try {
      await api.post('/api/auth/register', { ...values, ...(ownSlug() && slug ? { slug } : {}), client: 'web' })
    } catch (error) {
      if (error instanceof ApiError && ['slug', 'timezone', 'locale'].includes(error.field ?? '')) setDetails(true)
      throw error
    }
    await loadSession()
    navigate('/setup', { replace: true })
  })
  const nameStudio = (value: string) => {
    form.set('studio_name', value)
    if (!ownSlug()) form.set('slug', slugOf(value))
  }
  const suggestion = () => {
    if (!form.error('slug')) return null
    const thrown = form.thrown()
    const told = thrown instanceof ApiError ? thrown.details['suggestion'] : null
    return typeof told === 'string' ? told : thrown instanceof ApiError && thrown.status === 409 ? `${form.values.slug.slice(0, 50)}-${form.values.slug.endsWith('-studio') ? '2' : 'studio'}` : null
  }
  return (
    <PublicFrame title="Open your studio" text="Free and open source. It takes a minute." footer={<>Already here? <Link href="/login">Log in</Link></>}>
      <form class="form" onSubmit={form.onSubmit}>
        <Show when={form.failure()}><Banner tone="bad" live>{form.failure()}</Banner></Show>
        <Field label="Name of the studio" required error={form.error('studio_name')}>{control => <TextInput {...control} name="studio_name" autocomplete="organization" maxLength={80} autofocus value={form.values.studio_name} onValue={nameStudio} />}</Field>
        <Field label="Your name" required error={form.error('name')}>{control => <TextInput {...control} name="name" autocomplete="name" maxLength={80} value={form.values.name} onValue={value => form.set('name', value)} />}</Field>
        <Field label="E-mail" required error={form.error('email')}>{control => <TextInput {...control} type="email" name="email" autocomplete="username" value={form.values.email} onValue={value => form.set('email', value)} />}</Field>
        <Field label="Password" required hint={form.values.password ? undefined : 'At least 10 characters. A few words in a row are strong.'} error={form.error('password')}>{control => <PasswordInput control={control} fresh value={form.values.password} onValue={value => form.set('password', value)} />}</Field>
        <button type="button" class="register-details" aria-expanded={details()} onClick={() => setDetails(!details())}><Icon name={details() ? 'chevron-up' : 'chevron-down'} size={16} />Details<Show when={!details()}><span class="faint truncate">{form.values.timezone.replaceAll('_', ' ')} · {form.values.locale}</span></Show></button>
        <Show when={details()}>
          <div class="form register-more">
            <Field label="Address of its public pages" error={form.error('slug')} hint={ownSlug() ? 'Letters, digits and dashes. Can be changed later.' : 'If it is taken, a free one like it is chosen. Can be changed later.'}>{control => (
              <span class="input-prefix"><span>{location.host}/s/</span><TextInput {...control} name="slug" maxLength={60} value={form.values.slug} onValue={value => { setOwnSlug(true); form.set('slug', value.toLowerCase()) }} /></span>
            )}</Field>
            <Show when={suggestion()}>{slug => <p class="row">Free may be <Button size="sm" onClick={() => { setOwnSlug(true); form.set('slug', slug()) }}>{slug()}</Button></p>}</Show>
            <Field label="Time zone" error={form.error('timezone')}>{control => <Combobox control={control} choices={timezoneChoices()} value={form.values.timezone} onValue={value => form.set('timezone', value)} />}</Field>
            <Field label="Language" error={form.error('locale')}>{control => <Combobox control={control} choices={localeChoices(form.values.locale)} value={form.values.locale} onValue={value => form.set('locale', value)} />}</Field>
          </div>
        </Show>
        <Button type="submit" variant="primary" size="lg" wide busy={form.busy()}>Open the studio</Button>
      </form>
    </PublicFrame>
  )
}

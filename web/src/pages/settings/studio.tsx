// The studio's own facts: name, address, time zone, language, opening hours.
import { Show, type JSX } from 'solid-js'
import type { Studio } from '../../../../src/contract/auth.ts'
import { api } from '../../data/api.ts'
import { can, patchSession } from '../../data/session.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { createForm } from '../../ui/form.ts'
import { TextInput } from '../../ui/input.tsx'
import { guardLeaving } from '../../ui/leave-guard.ts'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { toast } from '../../ui/toast.tsx'
import { OpeningHours } from './opening-hours.tsx'
import { localeChoices, timezoneChoices } from './places.ts'

export default function StudioSettings(): JSX.Element {
  const studio = createLoad(() => api.get<Studio>('/api/studio'))
  return (
    <>
      <PageHeader title="Studio" text="What everyone at your desk, and the assistant, takes as given." />
      <Loaded of={studio} what="the studio">{data => <StudioForm studio={data()} />}</Loaded>
    </>
  )
}

type Draft = Pick<Studio, 'name' | 'slug' | 'timezone' | 'locale' | 'opening_hours'>

function StudioForm(props: { studio: Studio }): JSX.Element {
  const draftOf = ({ name, slug, timezone, locale, opening_hours }: Studio): Draft => ({ name, slug, timezone, locale, opening_hours: opening_hours.map(span => ({ ...span })) })
  const form = createForm<Draft>(draftOf(props.studio), async values => {
    const saved = await api.patch<Studio>('/api/studio', values)
    patchSession(me => ({ ...me, studio: { ...me.studio, name: saved.name, slug: saved.slug, timezone: saved.timezone, locale: saved.locale } }))
    toast({ text: 'Saved', tone: 'good' })
  }, values => {
    const wrong = values.opening_hours.some(span => span.to <= span.from)
    return wrong ? { opening_hours: 'Each span must end after it begins.' } : ({} as Record<string, string>)
  })
  guardLeaving(form.dirty)
  const readOnly = () => !can('studio.write')
  return (
    <form class="settings-stack" onSubmit={form.onSubmit}>
      <Show when={readOnly()}><Banner>Only owners and admins change these.</Banner></Show>
      <Show when={form.failure()}><Banner tone="bad" live>{form.failure()}</Banner></Show>
      <Card title="Basics">
        <div class="form-2">
          <Field label="Name" required error={form.error('name')}>{control => <TextInput {...control} maxLength={80} disabled={readOnly()} value={form.values.name} onValue={value => form.set('name', value)} />}</Field>
          <Field label="Address of its public pages" required error={form.error('slug')} hint="Links with the old address stop working.">{control => (
            <span class="input-prefix"><span>/s/</span><TextInput {...control} maxLength={60} disabled={readOnly()} value={form.values.slug} onValue={value => form.set('slug', value.toLowerCase())} /></span>
          )}</Field>
          <Field label="Time zone" error={form.error('timezone')} hint="Opening hours and “send later” follow it.">{control => <Combobox control={control} disabled={readOnly()} choices={timezoneChoices()} value={form.values.timezone} onValue={value => form.set('timezone', value)} />}</Field>
          <Field label="Language" error={form.error('locale')} hint="For dates and for the assistant’s first guess.">{control => <Combobox control={control} disabled={readOnly()} choices={localeChoices(form.values.locale)} value={form.values.locale} onValue={value => form.set('locale', value)} />}</Field>
        </div>
      </Card>
      <Card title="Opening hours" text="When people can expect a first reply.">
        <OpeningHours spans={form.values.opening_hours} disabled={readOnly()} error={form.error('opening_hours')} onChange={spans => form.set('opening_hours', spans)} />
      </Card>
      <Show when={!readOnly()}>
        <div class="form-actions form-actions-end settings-save" classList={{ 'settings-save-on': form.dirty() }}>
          <Show when={form.dirty()}><span class="muted">Unsaved changes</span><Button onClick={() => form.reset(draftOf(props.studio))}>Discard</Button></Show>
          <Button type="submit" variant="primary" busy={form.busy()} disabled={!form.dirty()}>Save</Button>
        </div>
      </Show>
    </form>
  )
}

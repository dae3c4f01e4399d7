// Approved templates: choose one, fill its variables, see exactly what the person will get, send.
import { createMemo, createSignal, For, Match, Show, Switch, type JSX } from 'solid-js'
import type { Template } from '../../../../../src/contract/inbox.ts'
import type { Head } from '../../../data/facts.ts'
import { templatesOf } from '../../../data/people.ts'
import { post } from '../../../data/sending.ts'
import { can } from '../../../data/session.ts'
import { fieldsOf, filled, partsOf, templateUse, type Values } from '../../../lib/template-form.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button, ButtonLink } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Field } from '../../../ui/field.tsx'
import { TextInput } from '../../../ui/input.tsx'
import { createLoad } from '../../../ui/loaded.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { fileKind } from './files.tsx'
import './template-dialog.css'

const accepts = { image: 'image/jpeg,image/png', video: 'video/mp4', document: 'application/pdf' } as const

export default function TemplateDialog(props: { head: Head; onClose: () => void }): JSX.Element {
  const all = createLoad(() => templatesOf(props.head.account_id))
  const [chosen, setChosen] = createSignal<Template | null>(null)
  const [words, setWords] = createSignal('')
  const found = () => (all.data() ?? []).filter(each => `${each.name} ${each.body} ${each.language}`.toLowerCase().includes(words().toLowerCase()))
  return (
    <Dialog open size="lg" title={chosen() ? chosen()!.name.replaceAll('_', ' ') : 'Send a template'} description={chosen() ? `To ${props.head.contact.name}` : 'WhatsApp has approved these; they may be sent at any time.'} onClose={props.onClose}>
      <Show when={chosen()} keyed fallback={
        <Switch fallback={<Skeleton lines={5} label="Loading templates" />}>
          <Match when={all.error()}><ErrorState small error={all.error()} what="The templates" retry={() => void all.reload()} /></Match>
          <Match when={all.data()?.length === 0}><EmptyState small drawing="chat" title="No approved templates" text="Templates are written and approved in WhatsApp Manager, then brought here."><Show when={can('templates.write')}><ButtonLink size="sm" href="/settings/templates">Bring them in</ButtonLink></Show></EmptyState></Match>
          <Match when={all.data()}>
            <div class="stack">
              <TextInput icon="search" type="search" aria-label="Search templates" placeholder="Search templates" value={words()} onValue={setWords} autofocus />
              <ul role="list" class="templates"><For each={found()} fallback={<p class="muted">No template fits.</p>}>{template => (
                <li><button type="button" class="template" onClick={() => setChosen(template)}>
                  <span class="template-head"><strong>{template.name.replaceAll('_', ' ')}</strong><Badge>{template.language}</Badge><Badge tone={template.category === 'MARKETING' ? 'warn' : 'info'}>{template.category.toLowerCase()}</Badge></span>
                  <span class="template-body">{template.body}</span>
                </button></li>
              )}</For></ul>
            </div>
          </Match>
        </Switch>
      }>{template => <Fill template={template} head={props.head} onBack={() => setChosen(null)} onSent={props.onClose} />}</Show>
    </Dialog>
  )
}

function Fill(props: { template: Template; head: Head; onBack: () => void; onSent: () => void }): JSX.Element {
  const parts = partsOf(props.template)
  const fields = fieldsOf(props.template)
  const firstName = props.head.contact.name.trim().split(/\s+/)[0] ?? ''
  const [values, setValues] = createSignal<Values>(Object.fromEntries(fields.filter(field => /name/i.test(field.name)).map(field => [field.key, firstName])))
  const [file, setFile] = createSignal<File | null>(null)
  const missing = createMemo(() => fields.find(field => !values()[field.key]?.trim())?.label ?? (parts.media && !file() ? `A file (${parts.media})` : null))
  const send = async () => {
    const chosen = file()
    const content = filled(parts.body, 'body', values())
    await post(props.head.id, { type: 'template', content, template: templateUse(props.template, values()) }, chosen ? { blob: chosen, name: chosen.name, kind: fileKind(chosen) } : null)
    props.onSent()
  }
  return (
    <form class="template-fill" onSubmit={event => { event.preventDefault(); if (!missing()) void send() }}>
      <div class="stack">
        <For each={fields} fallback={<p class="muted">This template has no variables.</p>}>{(field, i) => (
          <Field label={field.label}>{control => <TextInput {...control} value={values()[field.key] ?? ''} maxLength={1024} autofocus={i() === 0} onValue={value => setValues(before => ({ ...before, [field.key]: value }))} />}</Field>
        )}</For>
        <Show when={parts.media}>{media => <Field label={`The ${media()} in its head`}>{control => <input {...control} class="input" type="file" accept={accepts[media()]} onChange={event => setFile(event.currentTarget.files?.[0] ?? null)} />}</Field>}</Show>
      </div>
      <div>
        <p class="faint">What {props.head.contact.name} will get</p>
        <div class="template-preview">
          <Show when={parts.media}><div class="template-media"><Icon name={parts.media === 'document' ? 'file' : 'image'} size={24} />{file()?.name ?? `No ${parts.media} chosen yet`}</div></Show>
          <Show when={parts.header}><strong>{filled(parts.header, 'header', values())}</strong></Show>
          <p class="msg-text">{filled(parts.body, 'body', values())}</p>
          <Show when={parts.footer}><p class="faint">{parts.footer}</p></Show>
          <For each={parts.buttons}>{button => <p class="template-button">{button.text}</p>}</For>
        </div>
      </div>
      <footer class="template-foot">
        <Button icon="arrow-left" onClick={() => props.onBack()}>Other template</Button>
        <span class="muted" role="status">{missing() ? `Still to fill: ${missing()}` : ''}</span>
        <Button type="submit" variant="primary" icon="send" disabled={missing() !== null}>Send</Button>
      </footer>
    </form>
  )
}

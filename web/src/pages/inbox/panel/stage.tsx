// Stage (moved by people) and temperature (follows the score unless someone set it by hand, with a reason).
import { createSignal, Show, type JSX } from 'solid-js'
import type { Contact, ContactDetail, Stage, Temperature } from '../../../../../src/contract/inbox.ts'
import { api, reasonOf } from '../../../data/api.ts'
import { loadContact } from '../../../data/people.ts'
import { can } from '../../../data/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Field } from '../../../ui/field.tsx'
import { TextArea, TextInput } from '../../../ui/input.tsx'
import { Select } from '../../../ui/select.tsx'
import { toast } from '../../../ui/toast.tsx'
import { Section } from './section.tsx'

export const stageNames: Record<Stage, string> = { new: 'New', contacted: 'Contacted', qualified: 'Qualified', trial_booked: 'Trial booked', won: 'Won', lost: 'Lost' }
export const heatNames: Record<Temperature, string> = { NEW: 'New', ENGAGED: 'Engaged', WARM: 'Warm', HOT: 'Hot' }
const stageOptions = (Object.keys(stageNames) as Stage[]).map(value => ({ value, label: stageNames[value] }))
const heatOptions = (Object.keys(heatNames) as Temperature[]).map(value => ({ value, label: heatNames[value] }))

export function StageAndHeat(props: { contact: ContactDetail }): JSX.Element {
  const [asking, setAsking] = createSignal<{ what: 'lost' } | { what: 'heat'; status: Temperature } | null>(null)
  const [reason, setReason] = createSignal('')
  const mayWrite = () => can('contacts.write')
  const change = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      toast({ text: `Not changed: ${reasonOf(error)}`, tone: 'bad' })
    }
    await loadContact(props.contact.id).catch(error => toast({ text: reasonOf(error), tone: 'bad' }))
  }
  const setStage = (lead_stage: Stage) => {
    if (lead_stage === 'lost') { setReason(''); setAsking({ what: 'lost' }) }
    else void change(() => api.put<Contact>(`/api/contacts/${props.contact.id}`, { lead_stage }))
  }
  const setHeat = (status: Temperature) => { setReason(''); setAsking({ what: 'heat', status }) }
  const follow = () => void change(() => api.put<Contact>(`/api/contacts/${props.contact.id}/status`, { status: null }))
  const confirm = () => {
    const question = asking()
    setAsking(null)
    if (question?.what === 'lost') void change(() => api.put(`/api/contacts/${props.contact.id}`, { lead_stage: 'lost', lost_reason: reason().trim() || undefined }))
    else if (question) void change(() => api.put(`/api/contacts/${props.contact.id}/status`, { status: question.status, reason: reason().trim() }))
  }
  return (
    <Section title="Where they stand">
      <div class="panel-pair">
        <Field label="Stage">{control => <Select {...control} small options={stageOptions} value={props.contact.lead_stage} disabled={!mayWrite()} onValue={setStage} />}</Field>
        <Field label="Temperature">{control => <Select {...control} small options={heatOptions} value={props.contact.lead_status} disabled={!mayWrite()} onValue={setHeat} />}</Field>
      </div>
      <Show when={props.contact.lead_status_by_hand} fallback={<p class="faint">The temperature follows the score.</p>}>{hand => (
        <p class="faint">Set by hand: “{hand().reason}”. <Show when={mayWrite()}><button type="button" class="link" onClick={follow}>Follow the score again</button></Show></p>
      )}</Show>
      <Dialog open={asking() !== null} size="sm" title={asking()?.what === 'lost' ? 'Why was this lost?' : 'Set the temperature by hand'} onClose={() => { setAsking(null); void loadContact(props.contact.id) }}
        footer={<><Button onClick={() => { setAsking(null); void loadContact(props.contact.id) }}>Cancel</Button><Button variant="primary" disabled={asking()?.what === 'heat' && !reason().trim()} onClick={confirm}>{asking()?.what === 'lost' ? 'Mark as lost' : 'Set it'}</Button></>}>
        <Show when={asking()?.what === 'lost'} fallback={<Field label="Reason" hint="It stays until someone lets it follow the score again.">{control => <TextInput {...control} maxLength={300} value={reason()} onValue={setReason} autofocus />}</Field>}>
          <Field label="Reason" optional>{control => <TextArea {...control} maxLength={500} value={reason()} onValue={setReason} />}</Field>
        </Show>
      </Dialog>
    </Section>
  )
}

// Where an outbound message stands, honestly: an icon with words, and for trouble the reason and the one next step.
import { createSignal, Show, type JSX } from 'solid-js'
import type { Message } from '../../../../../src/contract/inbox.ts'
import { cancelScheduled, resend } from '../../../data/commands.ts'
import { can } from '../../../data/session.ts'
import { nowByMinute } from '../../../lib/now.ts'
import { comingTime } from '../../../lib/times.ts'
import { Icon, type IconName } from '../../../ui/icon.tsx'
import { Spinner } from '../../../ui/spinner.tsx'

interface Look { icon: IconName; words: string; tone?: 'read' | 'bad' | 'warn' }
const looks: Partial<Record<Message['status'], Look>> = {
  queued: { icon: 'clock', words: 'Sending' },
  sending: { icon: 'clock', words: 'Sending' },
  sent: { icon: 'check', words: 'Sent' },
  delivered: { icon: 'check-double', words: 'Delivered' },
  read: { icon: 'check-double', words: 'Read', tone: 'read' },
  played: { icon: 'play', words: 'Played', tone: 'read' },
  failed: { icon: 'warning', words: 'Not sent', tone: 'bad' },
  unconfirmed: { icon: 'warning', words: 'Not confirmed', tone: 'warn' },
  scheduled: { icon: 'snooze', words: 'Scheduled' },
  canceled: { icon: 'close', words: 'Canceled' },
}

/** The small sign beside the time. */
export function DeliverySign(props: { message: Message }): JSX.Element {
  const look = () => looks[props.message.status]
  return <Show when={props.message.direction === 'outbound' && props.message.type !== 'note' && look()}>{shown => (
    <span class="delivery" classList={{ [`delivery-${shown().tone}`]: shown().tone !== undefined }} data-tip={shown().words}><Icon name={shown().icon} size={16} label={shown().words} /></span>
  )}</Show>
}

/** The line below a message that needs a person: failed, unconfirmed, scheduled. */
export function DeliveryTrouble(props: { message: Message }): JSX.Element {
  const [busy, setBusy] = createSignal(false)
  const run = async (work: (message: Message) => Promise<unknown>) => {
    setBusy(true)
    await work(props.message)
    setBusy(false)
  }
  const status = () => props.message.status
  const reason = () => props.message.error?.reason
  return (
    <>
      <Show when={status() === 'failed'}>
        <div class="trouble trouble-bad">
          <p><strong>Not sent.</strong> {reason() ?? 'The provider gave no reason.'} {props.message.error?.next}</p>
          <Show when={can('messages.send')}><TroubleButton busy={busy()} onClick={() => void run(resend)}>Send again</TroubleButton></Show>
        </div>
      </Show>
      <Show when={status() === 'unconfirmed'}>
        <div class="trouble trouble-warn">
          <p><strong>It may or may not have arrived.</strong> {reason() ?? 'The provider never answered, so nothing was sent twice by guess.'} {props.message.error?.next ?? 'Look at the conversation on the phone before you send it again.'}</p>
          <Show when={can('messages.send')}><TroubleButton busy={busy()} onClick={() => void run(resend)}>Send again anyway</TroubleButton></Show>
        </div>
      </Show>
      <Show when={status() === 'scheduled' && props.message.send_at}>{at => (
        <div class="trouble trouble-plain">
          <p>Goes out {comingTime(at(), nowByMinute())}.</p>
          <Show when={can('messages.send')}><TroubleButton busy={busy()} onClick={() => void run(cancelScheduled)}>Cancel</TroubleButton></Show>
        </div>
      )}</Show>
    </>
  )
}

export function TroubleButton(props: { busy?: boolean; onClick: () => void; children: JSX.Element }): JSX.Element {
  return <button type="button" class="trouble-button" disabled={props.busy} onClick={() => props.onClick()}><Show when={props.busy}><Spinner size="sm" /></Show>{props.children}</button>
}

// One connected channel: how it does and since when, what waits for it, and what can be done.
import { createSignal, Show, type JSX } from 'solid-js'
import type { Integration } from '../../../../src/contract/workspace.ts'
import { api, reasonOf } from '../../data/api.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { askConfirm } from '../../ui/confirm.tsx'
import { CopyField } from '../../ui/copy-field.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { TestDialog } from './test-dialog.tsx'
import './connections.css'

export const healthWords: Record<Integration['health']['state'], { tone: Tone; word: string }> = {
  ok: { tone: 'good', word: 'Healthy' },
  degraded: { tone: 'warn', word: 'Troubled' },
  down: { tone: 'bad', word: 'Down' },
  unknown: { tone: 'neutral', word: 'Not checked yet' },
}

export function ConnectionCard(props: { integration: Integration; writable: boolean; reload: () => Promise<void> }): JSX.Element {
  const [checking, setChecking] = createSignal(false)
  const [testing, setTesting] = createSignal(false)
  const health = () => props.integration.health
  const check = async () => {
    setChecking(true)
    try {
      const fresh = await api.post<Integration>(`/api/integrations/${props.integration.id}/check`)
      toast({ text: fresh.health.state === 'ok' ? 'All is well' : fresh.health.reason ?? 'The check found a problem', tone: fresh.health.state === 'ok' ? 'good' : 'bad' })
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
    await props.reload()
    setChecking(false)
  }
  const disconnect = async () => {
    const yes = await askConfirm({ title: `Disconnect ${props.integration.name}?`, lost: ['The stored credentials', 'New messages of this number no longer arrive here', ...(props.integration.waiting ? [`${props.integration.waiting} waiting messages will not be sent`] : [])], kept: ['All conversations, contacts and files'], confirm: 'Disconnect' })
    if (!yes) return
    try {
      await api.del(`/api/integrations/disconnect/${props.integration.channel_type}`, { integration_id: props.integration.id })
      toast({ text: `${props.integration.name} is disconnected` })
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
    await props.reload()
  }
  return (
    <Card title={props.integration.name} text={`${channelWord(props.integration.channel_type)} · ${props.integration.external_id}`}
      aside={<Show when={props.integration.is_active} fallback={<Badge>Disconnected</Badge>}><Badge tone={healthWords[health().state].tone} dot>{healthWords[health().state].word}</Badge></Show>}
      footer={props.writable && props.integration.is_active ? <>
        <Button variant="danger" class="connection-end" onClick={() => void disconnect()}>Disconnect</Button>
        <Button icon="send" onClick={() => setTesting(true)}>Send a test</Button>
        <Button icon="refresh" busy={checking()} onClick={() => void check()}>Check now</Button>
      </> : undefined}>
      <Show when={props.integration.is_active && health().reason}>
        <Banner tone={health().state === 'ok' ? 'info' : health().state === 'down' ? 'bad' : 'warn'} title={health().state === 'ok' ? undefined : `${healthWords[health().state].word}${health().since ? '' : '.'}`}>
          <Show when={health().since && health().state !== 'ok' ? health().since : null}>{since => <>since <Time at={since()} only="exact" />: </>}</Show>{health().reason}
        </Banner>
      </Show>
      <dl class="facts">
        <div><dt>Waiting to go out</dt><dd>{props.integration.waiting === 0 ? 'nothing' : `${props.integration.waiting} ${props.integration.waiting === 1 ? 'message' : 'messages'}`}</dd></div>
        <div><dt>Last check</dt><dd><Show when={health().checked_at} fallback="not yet">{at => <Time at={at()} />}</Show></dd></div>
        <div><dt>Connected</dt><dd><Time at={props.integration.created_at} only="date" /></dd></div>
      </dl>
      <Show when={props.integration.is_active}><CopyField label="Webhook address" value={props.integration.webhook_url} /></Show>
      <TestDialog open={testing()} integration={props.integration} onClose={() => setTesting(false)} />
    </Card>
  )
}

export function channelWord(type: string): string {
  const words: Record<string, string> = { whatsapp: 'WhatsApp', instagram: 'Instagram', gmail: 'Gmail', sms: 'SMS', email: 'E-mail', webchat: 'Web chat', form: 'Form' }
  return words[type] ?? type
}

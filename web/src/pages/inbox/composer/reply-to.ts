// The message that the composer answers, one at a time.
import { createSignal } from 'solid-js'
import type { Message } from '../../../../../src/contract/inbox.ts'

const [target, setTarget] = createSignal<Message | null>(null)
export const replyTo = target
export const setReplyTo = setTarget

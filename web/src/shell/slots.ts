// What pages tell the shell to show: the state of the live line, and the unread count beside "Inbox".
import { createSignal } from 'solid-js'

export interface LineState { tone: 'good' | 'warn' | 'bad'; /** Few words: "Live", "Catching up", "Caught up at 14:03:07". */ text: string; /** A sentence for the tooltip. */ detail?: string }

/** null hides it. The page that sets it clears it on leaving. */
export const [lineState, setLineState] = createSignal<LineState | null>(null)
export const [inboxUnread, setInboxUnread] = createSignal(0)

// Who is here, what they look at, and who is answering: memory only, told at most four times a second.
import type { Presence } from '../../contract/live.ts'
import type { SocketMember } from './socket-member.ts'

const tellEveryMs = 250
const typingLastsMs = 6_000
/** A colleague holds a conversation for this long after the last keystroke. */
const lockLastsMs = 12_000
const shownAtMost = 200

export class PresenceBoard {
  readonly #tell: (members: Presence[]) => void
  readonly #here: () => SocketMember[]
  readonly #typing = new Map<string, { conversationId: string; until: number }>()
  readonly #answering = new Map<string, { memberId: string; until: number }>()
  #timer: ReturnType<typeof setTimeout> | null = null
  #last = ''

  constructor(here: () => SocketMember[], tell: (members: Presence[]) => void) {
    this.#here = here
    this.#tell = tell
  }

  typing(memberId: string, conversationId: string, on: boolean): void {
    const now = Date.now()
    if (!on) {
      this.#typing.delete(memberId)
      if (this.#answering.get(conversationId)?.memberId === memberId) this.#answering.delete(conversationId)
    } else {
      this.#typing.set(memberId, { conversationId, until: now + typingLastsMs })
      const holder = this.#answering.get(conversationId)
      if (holder === undefined || holder.until < now || holder.memberId === memberId) this.#answering.set(conversationId, { memberId, until: now + lockLastsMs })
    }
    this.changed()
  }

  /** Tells soon; many changes become one frame. */
  changed(delay = tellEveryMs): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      const members = this.#board()
      const text = JSON.stringify(members)
      if (text !== this.#last) this.#tell(members)
      this.#last = text
      if (this.#typing.size + this.#answering.size > 0) this.changed(1_000)
    }, delay)
  }

  /** A socket that just came must hear even when nothing changed. */
  welcome(): void {
    this.#last = ''
    this.changed()
  }

  #board(): Presence[] {
    const now = Date.now()
    for (const [key, entry] of this.#typing) if (entry.until < now) this.#typing.delete(key)
    for (const [key, entry] of this.#answering) if (entry.until < now) this.#answering.delete(key)
    const rows = new Map<string, Presence>()
    for (const member of this.#here()) {
      const focus = this.#typing.get(member.memberId)?.conversationId ?? member.focus ?? rows.get(member.memberId)?.conversation_id ?? null
      rows.set(member.memberId, { member_id: member.memberId, name: member.name, conversation_id: focus, typing: this.#typing.has(member.memberId), answering: [...this.#answering.values()].some(entry => entry.memberId === member.memberId) })
      if (rows.size >= shownAtMost) break
    }
    return [...rows.values()]
  }
}

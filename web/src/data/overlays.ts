// Wishes that are not answered yet, laid over the server's rows: rolling back is dropping one, never restoring a copy.
import type { Head } from './facts.ts'

export type Wish = Partial<Pick<Head, 'status' | 'assignee_id' | 'labels' | 'snoozed_until' | 'unread_count'>>

export class Overlays {
  readonly #wishes = new Map<string, { token: number; wish: Wish }[]>()
  #next = 1

  add(id: string, wish: Wish): number {
    const token = this.#next
    this.#next += 1
    this.#wishes.set(id, [...(this.#wishes.get(id) ?? []), { token, wish }])
    return token
  }

  drop(id: string, token: number): void {
    const left = (this.#wishes.get(id) ?? []).filter(each => each.token !== token)
    if (left.length > 0) this.#wishes.set(id, left)
    else this.#wishes.delete(id)
  }

  over(id: string, base: Head): Head {
    const wishes = this.#wishes.get(id)
    if (!wishes) return base
    return wishes.reduce<Head>((head, { wish }) => ({ ...head, ...wish }), base)
  }

  clear(): void {
    this.#wishes.clear()
  }
}

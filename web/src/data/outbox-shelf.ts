// The outbox's shelf in IndexedDB, one per login and studio; in memory where the browser has none.
import type { OutboxItem, Shelf } from './outbox.ts'

const store = 'items'

/** Opens the shelf of one member. `lasting` is false where nothing survives a reload. */
export async function openShelf(memberId: string): Promise<{ shelf: Shelf; lasting: boolean }> {
  try {
    const db = await request<IDBDatabase>(openDatabase(`studio-outbox-${memberId}`))
    return { shelf: databaseShelf(db), lasting: true }
  } catch {
    return { shelf: memoryShelf(), lasting: false } // private windows may refuse: the caller tells the person
  }
}

export function memoryShelf(): Shelf {
  const items = new Map<string, OutboxItem>()
  return {
    all: async () => [...items.values()],
    put: async item => { items.set(item.id, item) },
    remove: async id => { items.delete(id) },
  }
}

function databaseShelf(db: IDBDatabase): Shelf {
  const table = (mode: IDBTransactionMode) => db.transaction(store, mode).objectStore(store)
  return {
    all: () => request<OutboxItem[]>(table('readonly').getAll()),
    put: async item => { await request(table('readwrite').put(item)) },
    remove: async id => { await request(table('readwrite').delete(id)) },
  }
}

function openDatabase(name: string): IDBOpenDBRequest {
  const opening = indexedDB.open(name, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(store, { keyPath: 'id' })
  return opening
}

function request<T>(pending: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    pending.onsuccess = () => resolve(pending.result)
    pending.onerror = () => reject(pending.error ?? new Error('the browser refused its storage'))
  })
}

// What is written but not sent, per conversation: it survives leaving the conversation and reloading the page.
import { createSignal } from 'solid-js'
import type { ComposerMode } from '../desk.ts'

export interface Written { text: string; /** Where the text came from, when from the assistant. */ draft?: { id: string; suggestion: number; text: string } }
const prefix = 'studio.text.'
const [version, touch] = createSignal(undefined, { equals: false })

export function writtenFor(conversationId: string, mode: ComposerMode): Written {
  version()
  return read(keyOf(conversationId, mode))
}

export function write(conversationId: string, mode: ComposerMode, written: Written): void {
  const key = keyOf(conversationId, mode)
  if (written.text === '') localStorage.removeItem(key)
  else localStorage.setItem(key, JSON.stringify(written))
  touch(undefined)
}

function keyOf(conversationId: string, mode: ComposerMode): string {
  return `${prefix}${mode}.${conversationId}`
}

function read(key: string): Written {
  const text = localStorage.getItem(key)
  if (!text) return { text: '' }
  try {
    return JSON.parse(text) as Written
  } catch {
    return { text: '' } // not ours: written by hand or by another version
  }
}

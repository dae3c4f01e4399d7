// A connected account as adapters see it: its health, its files, its templates.
import type { ChannelType, ProviderError } from './channel.ts'

/** A connected account as an adapter sees it: opened credentials stay in memory for one call. */
export interface ChannelAccount {
  id: string
  channel: ChannelType
  /** Provider's own id of the account (phone_number_id, ig id …). */
  externalId: string
  credentials: Record<string, string>
}

export type Health = { state: 'ok' | 'degraded' | 'down' | 'unknown'; reason?: string; since?: string; checked_at?: string; details?: Record<string, unknown> }

export interface Connected {
  /** Provider's own id of the account. */
  externalId: string
  /** Keys under which webhooks name this account ("phone:…", "waba:…"). */
  routes: string[]
  name: string
  details?: Record<string, unknown>
  health: Health
}
export type ConnectOutcome = ({ ok: true } & Connected) | { ok: false; field?: string; reason: string }

export interface MediaSource {
  url: string
  headers: Record<string, string>
  mime?: string
  size?: number
  /** Hex or base64 SHA-256 of the bytes as the provider states it. */
  sha256?: string
}
export type MediaOutcome = { ok: true; source: MediaSource } | { ok: false; error: ProviderError }

export interface MessageTemplate {
  externalId: string
  name: string
  language: string
  category: string
  status: string
  components: unknown
  /** Names or positions of the body's variables, in order. */
  variables: string[]
  body: string
}

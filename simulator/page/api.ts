// The page's view of the control API.

export type Loose = { [key: string]: unknown }

export interface Persona { id: string; name: string; phone: string; user_id: string; username?: string; hide_phone?: boolean; auto_read?: boolean; found?: boolean }

export interface Bubble {
  id: string
  /** `in`: the customer wrote it, `out`: the studio. */
  direction: 'in' | 'out'
  at: number
  kind: string
  status: string
  body: Loose
  meta: { reply_to?: string; reactions?: { in?: string; out?: string }; deleted?: boolean; edited?: boolean; error?: number }
}

export interface ChatHead { phone_number_id: string; verified_name: string; display_phone_number: string; last: Bubble | null; unread: number }

export interface Chat { persona: Persona; window_until: number | null; typing: boolean; messages: Bubble[] }

const root = '/simulator/api'

export const personas = async (): Promise<Persona[]> => (await get<{ data: Persona[] }>('/personas')).data
export const chats = async (persona: string): Promise<ChatHead[]> => (await get<{ data: ChatHead[] }>(`/whatsapp/phones/${encodeURIComponent(persona)}`)).data
export const chat = (number: string, persona: string): Promise<Chat> => get(`/whatsapp/${number}/chat/${encodeURIComponent(persona)}?limit=200`)
export const openChat = (number: string, persona: string): Promise<unknown> => send('POST', `/whatsapp/${number}/chat/${encodeURIComponent(persona)}/open`)
export const closeWindow = (number: string, persona: string): Promise<unknown> => send('POST', `/whatsapp/${number}/chat/${encodeURIComponent(persona)}/window`, { open: false })
export const addNumber = (number: string, name: string): Promise<unknown> => send('PUT', `/whatsapp/${number}`, { verified_name: name })
export const addPersona = (persona: Loose): Promise<Persona> => send('POST', '/personas', persona)
export const changePersona = (id: string, change: Loose): Promise<Persona> => send('PUT', `/personas/${encodeURIComponent(id)}`, change)

/** Does what a customer does; answers how the product's webhook took it. */
export const act = (number: string, spec: Loose): Promise<{ wamid: string; webhook: { status: number; answer: string } }> => send('POST', `/whatsapp/${number}/inbound`, spec)

export async function upload(number: string, blob: Blob, filename?: string): Promise<string> {
  const answer = await fetch(`${root}/whatsapp/${number}/media${filename ? `?filename=${encodeURIComponent(filename)}` : ''}`, { method: 'POST', body: blob, headers: { 'content-type': blob.type || 'application/octet-stream' } })
  return (await answer.json()).media_id
}

export const mediaUrl = (number: string, id: unknown): string => `${root}/whatsapp/${number}/media/${encodeURIComponent(String(id))}`

const get = <T>(path: string): Promise<T> => send('GET', path)

async function send<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(root + path, { method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) })
  const value = await answer.json()
  if (!answer.ok) throw new Error(typeof value.error === 'string' ? value.error : `HTTP ${answer.status}`)
  return value
}

// One real-size WhatsApp webhook: 524 bytes, signed, with an id that says which message of which block it is.
import { createHmac } from 'node:crypto'

/** Where messages go and how they are signed. */
export interface Sender {
  url: string
  secret: string
  phoneNumberId: string
  /** Messages take turns among this many senders, so after a warm-up every contact is known. */
  contacts: number
}

const BODY_BYTES = 524
const MARK = Buffer.from('wamid.BENCH')
const RUN_CHARS = 6
const INDEX_DIGITS = 8

/** The id of message `index` of block `run` (six characters); as long as WhatsApp's own ids. */
export function wamid(run: string, index: number): string {
  return `wamid.BENCH${run}${String(index).padStart(INDEX_DIGITS, '0')}`.padEnd(60, 'A')
}

/** The bytes of one HTTP/1.1 request, head and body, ready for a socket. */
export function request(sender: Sender, run: string, index: number): Buffer {
  const body = webhookBody(sender, run, index)
  const url = new URL(sender.url)
  const head = `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\n`
    + `X-Hub-Signature-256: ${sign(body, sender.secret)}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`
  return Buffer.from(head + body)
}

/** `sha256=` and the hex HMAC-SHA256 of the body, as Meta sends it in X-Hub-Signature-256. */
export function sign(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** JSON of one text message, its text padded until the whole is 524 bytes. */
export function webhookBody(sender: Pick<Sender, 'phoneNumberId' | 'contacts'>, run: string, index: number, text = numbered(index)): string {
  const from = String(4915100000000 + (index % sender.contacts))
  const build = (text: string) => JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '102290129340398', changes: [{ value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550783881', phone_number_id: sender.phoneNumberId },
      contacts: [{ profile: { name: 'Maya Lindqvist' }, wa_id: from }],
      messages: [{ from, id: wamid(run, index), timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: text } }],
    }, field: 'messages' }] }],
  })
  return build(text.padEnd(text.length + Math.max(0, BODY_BYTES - build(text).length), 'x'))
}

/** A text that no other message of the block has, so that a browser can be asked whether it shows this one. */
function numbered(index: number): string {
  return `#${String(index).padStart(INDEX_DIGITS, '0')} Hi! Is there still a place in ballet on Tuesday? `
}

/** The indexes of block `run` named in a frame, in order; a frame may tell of several messages or of none. */
export function* indexesIn(frame: Buffer, run: string): Generator<number> {
  let at = frame.indexOf(MARK)
  while (at >= 0) {
    const start = at + MARK.length + RUN_CHARS
    if (frame.toString('latin1', at + MARK.length, start) === run) {
      yield Number(frame.toString('latin1', start, start + INDEX_DIGITS))
    }
    at = frame.indexOf(MARK, start)
  }
}

// Small ready media for customers who have none at hand: a picture, a tone, a sticker, a document, a film.

import { putMedia, type Media } from '../media.ts'
import { toOgg } from '../voice-note.ts'
import type { World } from '../world.ts'
import { jpeg, mp4, opusWebm, webp } from './sample-files.ts'

/** Stores the sample of a kind for this number; ids live seven days, as those of webhooks do. */
export function sampleMedia(world: World, account: string, kind: string): Promise<Media> {
  if (kind === 'audio') return putMedia(world, account, toOgg(fromBase64(opusWebm)) ?? fromBase64(opusWebm), 'audio/ogg; codecs=opus', null, 7)
  if (kind === 'sticker') return putMedia(world, account, fromBase64(webp), 'image/webp', null, 7)
  if (kind === 'video') return putMedia(world, account, fromBase64(mp4), 'video/mp4', null, 7)
  if (kind === 'document') return putMedia(world, account, pdf(), 'application/pdf', 'Matrícula (año 2026).pdf', 7)
  return putMedia(world, account, fromBase64(jpeg), 'image/jpeg', null, 7)
}

/** A one-page PDF with correct offsets. */
function pdf(): Uint8Array {
  const stream = 'BT /F1 24 Tf 72 720 Td (Enrolment form, Studio One) Tj ET'
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>\nstream\n${stream}\nendstream`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>']
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const at = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const start = file.length
  file += `xref\n0 6\n0000000000 65535 f \n${offsets.map(at => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n${start}\n%%EOF`
  return new TextEncoder().encode(file)
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), letter => letter.charCodeAt(0))

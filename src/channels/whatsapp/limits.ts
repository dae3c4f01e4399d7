// What a WhatsApp message may hold: lengths in characters, files in bytes (Cloud API reference, media and messages).
import type { ChannelLimits } from '../channel.ts'

const kB = 1024
const MB = 1024 * kB
const sounds = ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg']

export const limits: ChannelLimits = {
  text: 4096,
  caption: 1024,
  media: {
    image: { bytes: 5 * MB, mimes: ['image/jpeg', 'image/png'] },
    video: { bytes: 16 * MB, mimes: ['video/mp4', 'video/3gpp'] },
    audio: { bytes: 16 * MB, mimes: sounds },
    voice: { bytes: 16 * MB, mimes: ['audio/ogg'] },
    document: {
      bytes: 100 * MB,
      mimes: [
        'application/pdf', 'text/plain', 'application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      ],
    },
    // Still ones may have 100 kB only; WhatsApp judges that itself, since the type does not tell them apart.
    sticker: { bytes: 500 * kB, mimes: ['image/webp'] },
  },
  reactions: true,
  replies: true,
  templates: true,
}

// Small line drawings for empty and error states: a ribbon's sweep is the house's motif.
import type { JSX } from 'solid-js'

const drawings = {
  stage: ['M14 74c14-4 22-30 40-34 22-5 22 22 42 16 11-3 14-14 24-18', 'M20 84h96', 'M44 84V66M92 84V60'],
  chat: ['M26 26h52a10 10 0 0 1 10 10v18a10 10 0 0 1-10 10H50L36 76V64H26a10 10 0 0 1-10-10V36a10 10 0 0 1 10-10z', 'M98 44h8a10 10 0 0 1 10 10v14a10 10 0 0 1-10 10v10L94 78H74', 'M32 46c8-6 14 6 22 0s12 4 18 0'],
  people: ['M48 44a12 12 0 1 0 0-24 12 12 0 0 0 0 24z', 'M22 84c2-20 12-30 26-30s24 10 26 30', 'M90 50a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM82 60c16-4 26 6 28 24'],
  book: ['M66 30c-12-8-28-8-42-4v52c14-4 30-4 42 4 12-8 28-8 42-4V26c-14-4-30-4-42 4zM66 30v52', 'M34 42c8-2 14-2 22 1M34 54c8-2 14-2 22 1', 'M76 44c10 6 14-8 22-3'],
  plug: ['M40 30v16M60 30v16M32 46h36v10a18 18 0 0 1-36 0z', 'M50 74c0 16 18 14 26 6s14-22 40-14'],
  calm: ['M20 70c18 0 18-14 36-14s18 14 36 14 14-8 24-10', 'M82 40a16 16 0 1 0-26-12', 'M28 84h76'],
  lost: ['M18 78c20 2 24-40 44-38s4 36 22 34 14-26 32-26', 'M96 28a8 8 0 1 1 8 10v6M104 56h.1'],
  broken: ['M18 58c14 0 20-22 34-20 8 1 10 8 12 14', 'M78 62c4 6 10 10 18 6 8-4 10-14 20-16', 'M66 40l6-10M74 50l10-6M62 66l-4 10'],
} as const
export type DrawingName = keyof typeof drawings

/** A decorative picture of 132 by 96 px; the last stroke is drawn in the accent's glow. */
export function Drawing(props: { name: DrawingName }): JSX.Element {
  return (
    <svg class="drawing" viewBox="0 0 132 96" width="132" height="96" aria-hidden="true">
      <ellipse class="drawing-floor" cx="66" cy="58" rx="58" ry="34" />
      {drawings[props.name].map((path, index, all) => <path d={path} class={index === all.length - 1 ? 'drawing-glow' : 'drawing-line'} />)}
    </svg>
  )
}

// The categories of knowledge in words, and whether an entry holds today.
import type { Knowledge } from '../../../../src/contract/workspace.ts'
import type { Tone } from '../../ui/badge.tsx'

export type Category = Knowledge['category']
export const categoryWords: Record<Category, string> = {
  classes: 'Classes', prices: 'Prices', schedule: 'Schedule', location: 'Location', policies: 'Policies', trial: 'Trial class', teachers: 'Teachers', other: 'Other',
}
export const categories = Object.keys(categoryWords) as Category[]

/** null: holds without end. Dates are days of the studio, compared with the day of this browser. */
export function validity(entry: Pick<Knowledge, 'valid_from' | 'valid_to'>): { tone: Tone; words: string } | null {
  const now = new Date()
  const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
  if (entry.valid_to && entry.valid_to < today) return { tone: 'warn', words: `Ended ${dayOf(entry.valid_to)}` }
  if (entry.valid_from && entry.valid_from > today) return { tone: 'info', words: `From ${dayOf(entry.valid_from)}` }
  if (entry.valid_to) return { tone: 'neutral', words: `Until ${dayOf(entry.valid_to)}` }
  return null
}

function dayOf(iso: string): string {
  const [year = 0, month = 1, day = 1] = iso.slice(0, 10).split('-').map(Number)
  return new Date(year, month - 1, day).toLocaleDateString(undefined, { dateStyle: 'medium' })
}

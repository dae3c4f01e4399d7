// How a score becomes a temperature.
import type { Temperature } from '../../contract/inbox.ts'

/** Lowest score of each temperature. */
const hot = 80
const warm = 60
const engaged = 40

export function temperatureOf(score: number): Temperature {
  if (score >= hot) return 'HOT'
  if (score >= warm) return 'WARM'
  return score >= engaged ? 'ENGAGED' : 'NEW'
}

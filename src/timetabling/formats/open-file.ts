// Turns the text of a measuring file into a problem that can be started: which search, and how its answer reads.
import { compileCurriculum } from '../curriculum/model.ts'
import { CurriculumRun } from '../curriculum/anneal.ts'
import { compileDance, toDance } from '../placement/from-dance.ts'
import { PlacementRun } from '../placement/search.ts'
import type { Run } from '../run.ts'
import { judgeCtt } from '../validate/ctt.ts'
import { judgeDance } from '../validate/dance.ts'
import { parseCtt } from './ctt.ts'
import { parseDance } from './dance.ts'

/** A problem ready to run. `assignment` is the best usable answer in the file's own words; `judge` recounts it independently. */
export type Opened = {
  start(seed: number): Run<unknown>
  assignment(run: Run<unknown>): unknown[]
  judge(assignment: unknown[]): { violations: string[]; cost: number }
}

/** Opens a `.ctt` or a dance `.json` text. Throws `Malformed` when it is neither. */
export function openFile(name: string, text: string): Opened {
  return name.toLowerCase().endsWith('.ctt') || !text.trimStart().startsWith('{') ? openCtt(text) : openDance(text)
}

function openCtt(text: string): Opened {
  const ctt = parseCtt(text)
  const model = compileCurriculum(ctt)
  return wrap(seed => new CurriculumRun(model, seed), best => best, assignment => judgeCtt(ctt, assignment))
}

function openDance(text: string): Opened {
  const dance = parseDance(text)
  const model = compileDance(dance)
  return wrap(seed => new PlacementRun(model, seed), best => toDance(dance, best), assignment => judgeDance(dance, assignment))
}

function wrap<Answer, Row>(
  start: (seed: number) => Run<Answer>, say: (best: Answer) => Row[], judge: (assignment: Row[]) => { violations: string[]; cost: number },
): Opened {
  return {
    start,
    assignment: run => {
      const best = (run as Run<Answer>).best()
      return best === null ? [] : say(best)
    },
    judge: assignment => judge(assignment as Row[]),
  }
}

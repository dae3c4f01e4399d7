// Opens a studio's own problem the way files are opened, so that one ruler measures all three kinds.
import type { TimetablePlacement, TimetableProblem } from '../../src/contract/timetabling.ts'
import type { Opened } from '../../src/timetabling/formats/open-file.ts'
import { PlacementRun } from '../../src/timetabling/placement/search.ts'
import { compileStudio, toPlacements } from '../../src/timetabling/studio/compile.ts'
import { judgeStudio } from '../../src/timetabling/validate/studio.ts'

export function openStudio(problem: TimetableProblem): Opened {
  const compiled = compileStudio(problem)
  return {
    start: seed => new PlacementRun(compiled.model, seed),
    assignment: run => toPlacements(compiled, (run as PlacementRun).best() ?? []),
    judge: assignment => judgeStudio(problem, assignment as TimetablePlacement[]),
  }
}

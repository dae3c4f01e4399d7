// Compiles a course timetabling instance into typed arrays that the annealer can read without allocating.
import type { Ctt } from '../formats/ctt.ts'

/** The fixed side of a search: C courses, L lectures, Q distinct curricula, T = days × periods, R rooms. */
export type CurriculumModel = {
  ctt: Ctt
  C: number
  L: number
  Q: number
  D: number
  P: number
  T: number
  R: number
  /** lecture → course */
  courseOf: Int32Array
  minDays: Int32Array
  /** course × room → students above capacity */
  overflow: Int32Array
  /** course × period → 1 when the course may not be taught then */
  closed: Uint8Array
  /** course × course → 1 when they may not meet at one time; a course conflicts with itself */
  conflicts: Uint8Array
  /** neighbours of course c are near[nearFrom[c] .. nearFrom[c + 1]), c itself among them */
  nearFrom: Int32Array
  near: Int32Array
  /** curricula that hold course a but not course b: only[onlyFrom[a * (C + 1) + b] ..); b = C means all of a's */
  onlyFrom: Int32Array
  only: Int32Array
  /** curriculum → how many equal curricula it stands for */
  weight: Int32Array
  /** day pattern (bit per period) → periods without a neighbour */
  lonely: Uint8Array
}

/** Compiles an instance; curricula with the same courses are merged into one that weighs more. */
export function compileCurriculum(ctt: Ctt): CurriculumModel {
  const C = ctt.courses.length
  const R = ctt.rooms.length
  const D = ctt.days
  const P = ctt.periods
  const T = D * P
  const index = new Map(ctt.courses.map((course, i) => [course.id, i]))
  const courseOf = Int32Array.from(ctt.courses.flatMap((course, i) => Array<number>(course.lectures).fill(i)))

  const merged = new Map<string, { members: number[]; weight: number }>()
  for (const curriculum of ctt.curricula) {
    const members = [...new Set(curriculum.courses.map(id => index.get(id)!))].sort((a, b) => a - b)
    const known = merged.get(members.join(' '))
    if (known) known.weight++
    else merged.set(members.join(' '), { members, weight: 1 })
  }
  const curricula = [...merged.values()]

  const conflicts = new Uint8Array(C * C)
  for (let a = 0; a < C; a++) for (let b = 0; b < C; b++) if (ctt.courses[a]!.teacher === ctt.courses[b]!.teacher) conflicts[a * C + b] = 1
  for (const { members } of curricula) for (const a of members) for (const b of members) conflicts[a * C + b] = 1
  const near = lists(C, a => range(C).filter(b => conflicts[a * C + b] === 1))

  const held = range(C).map(c => range(curricula.length).filter(q => curricula[q]!.members.includes(c)))
  const memberOf = held.map(list => new Set(list))
  const only = lists(C * (C + 1), pair => {
    const without = pair % (C + 1)
    const mine = held[Math.floor(pair / (C + 1))]!
    return without === C ? mine : mine.filter(q => !memberOf[without]!.has(q))
  })

  const closed = new Uint8Array(C * T)
  for (const u of ctt.unavailable) closed[index.get(u.course)! * T + u.day * P + u.period] = 1
  const lonely = new Uint8Array(1 << P)
  for (let m = 0; m < lonely.length; m++) {
    let alone = m & ~(m << 1) & ~(m >> 1)
    for (; alone !== 0; alone &= alone - 1) lonely[m]!++
  }
  return {
    ctt, C, L: courseOf.length, Q: curricula.length, D, P, T, R, courseOf,
    minDays: Int32Array.from(ctt.courses, course => course.minDays),
    overflow: Int32Array.from(ctt.courses.flatMap(course => ctt.rooms.map(room => Math.max(0, course.students - room.capacity)))),
    closed, conflicts, nearFrom: near.from, near: near.items, onlyFrom: only.from, only: only.items,
    weight: Int32Array.from(curricula, q => q.weight), lonely,
  }
}

/** Packs n lists into one array with offsets. */
function lists(n: number, at: (i: number) => number[]): { from: Int32Array; items: Int32Array } {
  const from = new Int32Array(n + 1)
  const items: number[] = []
  for (let i = 0; i < n; i++) {
    for (const item of at(i)) items.push(item)
    from[i + 1] = items.length
  }
  return { from, items: Int32Array.from(items) }
}

function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i)
}

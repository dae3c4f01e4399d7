// `npm run bench:timetable`: measures the solver on studio, course and dance problems and writes bench/TIMETABLE.md, misses included.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openFile } from '../src/timetabling/formats/open-file.ts'
import { danceInstance } from '../tests/support/timetabling/dance-instance.ts'
import { studioProblem, type Pressure } from '../tests/support/timetabling/studios.ts'
import { known } from './timetable/known.ts'
import { measure } from './timetable/measure.ts'
import { openStudio } from './timetable/studio.ts'
import { openWorkerd } from './timetable/workerd.ts'

const usage = 'usage: npm run bench:timetable -- [--instances DIR with .ctt and dance .json files] [--seconds N per course file, default 30] [--only studio|courses|dance|workerd]'
const { values } = parseArgs({ options: { instances: { type: 'string' }, seconds: { type: 'string', default: '30' }, only: { type: 'string' }, help: { type: 'boolean' } } })
const seconds = Number(values.seconds)
if (values.help || !(seconds > 0)) {
  process.stdout.write(`${usage}\n`)
  process.exit(values.help ? 0 : 2)
}
const report: string[] = []
const say = (line: string): void => {
  report.push(line)
  process.stdout.write(`${line}\n`)
}
const wanted = (part: string): boolean => values.only === undefined || values.only === part
const goal = (text: string, met: boolean): void => say(`- ${met ? 'met' : '**missed**'}: ${text}`)
const percent = (cost: number, bound: number): string => (cost === 0 ? '0 %' : `${((100 * (cost - bound)) / cost).toFixed(1)} %`)

say('# Timetabling, measured')
say('')
say(`Written by \`npm run bench:timetable\` on Node ${process.versions.node}, one thread. Seconds are seconds of CPU (workerd: of the clock). Every answer is recounted by the judge.`)
if (wanted('studio')) studios()
if (wanted('courses')) courses()
if (wanted('dance')) dances()
if (wanted('workerd')) await inWorkerd()
if (values.only === undefined) writeFileSync(new URL('TIMETABLE.md', import.meta.url), `${report.join('\n')}\n`)

function studios(): void {
  const sizes = [[20, 2, 5], [60, 4, 12], [120, 6, 25]] as const
  const pressures: Pressure[] = ['easy', 'normal', 'tight', 'over']
  say('\n## Studios, generated (seed 7), 5 s each\n')
  say('| classes × rooms × instructors | pressure | status | cost | bound | gap | first usable | memory |')
  say('|---|---|---|---|---|---|---|---|')
  let undecided = 0
  let memory = 0
  for (const [classes, rooms, instructors] of sizes) for (const pressure of pressures) {
    const result = measure(openStudio(studioProblem(7, { classes, rooms, instructors }, pressure)), 1, 5, [])
    const { cost, bound, first } = result
    const status = bound === Infinity ? 'infeasible' : cost === null ? 'undecided' : bound >= cost ? 'optimal' : 'feasible'
    if (status === 'undecided') undecided++
    memory = Math.max(memory, result.memory)
    say(`| ${classes} × ${rooms} × ${instructors} | ${pressure} | ${status} | ${cost ?? '–'} | ${Number.isFinite(bound) ? bound : '–'} | ${cost === null ? '–' : percent(cost, bound)} | ${first === null ? '–' : `${first.toFixed(2)} s`} | ${result.memory.toFixed(0)} MB |`)
  }
  say('')
  goal(`each is given a timetable or shown to be impossible (${undecided} undecided)`, undecided === 0)
  goal(`extra memory at most 40 MB (largest ${memory.toFixed(0)} MB, garbage not yet collected included)`, memory <= 40)
}

function files(ending: string): string[] {
  if (values.instances === undefined) return []
  const folders = [values.instances, join(values.instances, 'dance')].filter(folder => existsSync(folder))
  return folders.flatMap(folder => readdirSync(folder).filter(name => name.endsWith(ending)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).map(name => join(folder, name)))
}

function baseName(file: string): string {
  return file.split('/').at(-1)!.replace(/\.\w+$/, '')
}

function courses(): void {
  const list = files('.ctt')
  say(`\n## Course timetables (ITC-2007 track 3), ${seconds} s each, seed 1\n`)
  if (list.length === 0) return say('Not measured: give the folder of the competition\'s `.ctt` files with `--instances DIR`.')
  say('| instance | cost | best known | first usable |')
  say('|---|---|---|---|')
  const costs = new Map<string, number | null>()
  for (const file of list) {
    const name = baseName(file)
    const { cost, first } = measure(openFile(file, readFileSync(file, 'utf8')), 1, seconds, [])
    costs.set(name, cost)
    say(`| ${name} | ${cost ?? 'none'} | ${known[name]?.cost ?? '–'} | ${first === null ? '–' : `${first.toFixed(2)} s`} |`)
  }
  say('')
  goal(`all ${costs.size} usable`, [...costs.values()].every(cost => cost !== null))
  const six = ['comp01', 'comp02', 'comp03', 'comp04', 'comp05', 'comp11']
  if (!six.every(name => costs.has(name))) return
  const sum = six.reduce((total, name) => total + (costs.get(name) ?? Infinity), 0)
  goal(`sum of comp01–05 and 11 at most 503 (${sum})`, sum <= 503)
  goal(`the same, at most 450 (${sum})`, sum <= 450)
}

function dances(): void {
  const list = files('.json').map(file => [baseName(file), readFileSync(file, 'utf8')] as const)
  const own = [[20, 3, 6], [40, 4, 8], [60, 5, 12]].map(([classes, rooms, instructors]) =>
    [`generated ${classes}`, JSON.stringify(danceInstance(classes!, { classes: classes!, rooms: rooms!, instructors: instructors! }))] as const)
  say('\n## Dance instances, up to 30 s, seed 1\n')
  say('| instance | 1 s | 5 s | end | bound | status | cost reached | end at | reference |')
  say('|---|---|---|---|---|---|---|---|---|')
  for (const [name, text] of [...list, ...own]) {
    const { costs, cost, bound, reached, seconds: took } = measure(openFile(`${name}.json`, text), 1, 30, [1, 5])
    const reference = known[name]
    say(`| ${name} | ${costs[0]} | ${costs[1]} | ${cost} | ${bound} | ${cost === bound ? 'optimal' : 'feasible'} | ${reached.toFixed(2)} s | ${took.toFixed(1)} s | ${reference ? `${reference.cost}${reference.proven ? '' : ' (not proven)'}` : '–'} |`)
  }
}

async function inWorkerd(): Promise<void> {
  const list = files('.json').filter(file => known[baseName(file)] !== undefined)
  say('\n## Dance instances inside workerd, after 1 s and 5 s, seeds 1 to 3\n')
  if (list.length === 0) return say('Not measured: give the folder of the dance files with `--instances DIR`.')
  const worker = await openWorkerd()
  say('| instance | after 1 s | after 5 s | bound | reference |')
  say('|---|---|---|---|---|')
  const ratios: number[][] = [[], []]
  for (const file of list) {
    const runs = []
    for (const seed of [1, 2, 3]) runs.push(await worker.measure(file, readFileSync(file, 'utf8'), seed, [1, 5]))
    const { cost, proven } = known[baseName(file)]!
    if (proven) for (const i of [0, 1]) for (const run of runs) ratios[i]!.push((run.costs[i] ?? Infinity) / cost)
    say(`| ${baseName(file)} | ${runs.map(run => run.costs[0]).join(' ')} | ${runs.map(run => run.costs[1]).join(' ')} | ${runs[0]!.bound} | ${cost} |`)
  }
  await worker.close()
  const mean = (list: number[]): number => list.reduce((sum, ratio) => sum + ratio, 0) / list.length
  say('')
  goal(`cost after 1 s at most 1.05 × optimum on average and 1.08 at worst (${mean(ratios[0]!).toFixed(3)}, ${Math.max(...ratios[0]!).toFixed(3)})`, mean(ratios[0]!) <= 1.05 && Math.max(...ratios[0]!) <= 1.08)
  goal(`cost after 5 s at most 1.02 × optimum (${Math.max(...ratios[1]!).toFixed(3)})`, Math.max(...ratios[1]!) <= 1.02)
}

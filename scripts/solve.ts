// Solves one timetabling file from the command line: `npm run --silent solve -- FILE --seconds N --seed S`.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openFile } from '../src/timetabling/formats/open-file.ts'
import { Malformed } from '../src/timetabling/formats/malformed.ts'
import { solveFor } from '../src/timetabling/solve-for.ts'

const usage = 'usage: npm run --silent solve -- FILE(.ctt | .json) [--seconds N] [--seed S] [--moves M]'

function main(): number {
  let options
  try {
    options = parseArgs({
      allowPositionals: true,
      options: { seconds: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' }, moves: { type: 'string' } },
    })
  } catch (error) {
    return complain(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
  const [file, ...rest] = options.positionals
  const seconds = Number(options.values.seconds)
  const seed = Number(options.values.seed)
  const moves = options.values.moves === undefined ? Infinity : Number(options.values.moves)
  if (file === undefined || rest.length > 0) return complain(usage)
  if (!(seconds > 0) || !Number.isInteger(seed) || !(moves > 0)) return complain(`--seconds and --moves must be positive, --seed a whole number\n${usage}`)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    return complain(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  try {
    const started = performance.now()
    const answer = solveFor(openFile(file, text), { seconds, seed, moves, now: () => performance.now(), started })
    process.stdout.write(`${JSON.stringify(answer)}\n`)
    return 0
  } catch (error) {
    if (error instanceof Malformed) return complain(`${file} is malformed: ${error.message}`)
    throw error
  }
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}

process.exitCode = main()

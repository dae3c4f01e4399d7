// Installs what is missing and finds the packaged Node: runs on any Node from 20 on, with nothing installed yet.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const stamp = join(root, 'node_modules', '.installed-lock')

/** Installs unless node_modules stands for this very lock file. */
export function install() {
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(packagedNode())) return
  console.log('Installing packages …')
  const started = Date.now()
  // A folder that stands is brought up to date; a missing one is laid down exactly.
  const verb = existsSync(join(root, 'node_modules', '.bin')) ? 'install' : 'ci'
  const run = spawnSync('npm', [verb, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' })
  if (run.status !== 0) {
    console.error('The packages could not be installed: see the lines above. npm needs to reach the npm registry.')
    process.exit(1)
  }
  writeFileSync(stamp, lock)
  console.log(`Packages are in place (${Math.round((Date.now() - started) / 1000)} s).`)
}

function packagedNode() {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** Runs a script on the packaged Node, hands on signals, ends as it ends. */
export function runScript(script, args) {
  const node = existsSync(packagedNode()) ? packagedNode() : process.execPath
  const major = Number(spawnSync(node, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }).stdout)
  if (!(major >= 22)) {
    console.error('Node 22 or newer is needed, and the packaged one did not install (were install scripts blocked?). Try: npm install-scripts approve node && npm ci')
    process.exit(1)
  }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], { cwd: process.cwd(), stdio: 'inherit', env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` } })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
}

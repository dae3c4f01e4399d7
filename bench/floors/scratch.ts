// A scratch folder that is gone when the floor's process is, however it ends short of SIGKILL.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new empty folder; removed in the exit handler, because miniflare ends the process itself on a signal. */
export function scratch(floor: string): string {
  const folder = mkdtempSync(join(tmpdir(), `bench-floor-${floor}-`))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

// Bundles the simulator into one module file that wrangler and miniflare can host: the page first, then the Worker around it.

import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const pages = join(here, 'page')

/** Writes `index.js` into `outdir` (default `.wrangler/simulator`) and answers its path. */
export async function buildSimulator(outdir = join(here, '..', '.wrangler', 'simulator')): Promise<string> {
  await mkdir(outdir, { recursive: true })
  const outfile = join(outdir, 'index.js')
  await build({
    entryPoints: [join(here, 'src', 'index.ts')], outfile, bundle: true, format: 'esm', target: 'es2023', platform: 'neutral',
    mainFields: ['module', 'main'], conditions: ['workerd', 'worker'], external: ['cloudflare:*'], plugins: [pageFiles], logLevel: 'warning',
  })
  return outfile
}

/** `import { files } from 'page:files'`: every file of the page as text, scripts bundled, keyed by its public name. */
const pageFiles: Plugin = {
  name: 'page-files',
  setup(plugin) {
    plugin.onResolve({ filter: /^page:files$/ }, () => ({ path: 'files', namespace: 'page' }))
    plugin.onLoad({ filter: /.*/, namespace: 'page' }, async () => ({ contents: `export const files = ${JSON.stringify(await readPage())}` }))
  },
}

async function readPage(): Promise<Record<string, string>> {
  const names = ['phone.html', 'phone.css', 'mailbox.html', 'mailbox.css']
  const texts = await Promise.all(names.map(async name => [name, await readFile(join(pages, name), 'utf8')] as const))
  const scripts = await build({
    entryPoints: [join(pages, 'phone.ts'), join(pages, 'mailbox.ts')], bundle: true, format: 'esm', target: 'es2022', minify: true, write: false, outdir: pages,
  })
  const bundles = scripts.outputFiles.map(file => [file.path.slice(pages.length + 1), file.text] as const)
  return Object.fromEntries([...texts, ...bundles])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await buildSimulator())

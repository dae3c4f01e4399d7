// Bundles the Worker of a floor into one ES module, as a deployment would.
import { build } from 'esbuild'

/** The minified module text of `bench/floors/<file>`. */
export async function bundle(file: string): Promise<string> {
  const result = await build({
    entryPoints: [`${import.meta.dirname}/${file}`], bundle: true, minify: true, write: false,
    format: 'esm', platform: 'neutral', mainFields: ['module', 'main'], external: ['cloudflare:*', 'node:*'],
  })
  return result.outputFiles[0]!.text
}

// Builds the browser app into dist/web: hashed assets, no inline script or style, nothing a strict CSP would refuse.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

const api = process.env['STUDIO_API'] ?? 'http://127.0.0.1:8788'
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// the plugin's types do not name this option of the compiler, which it hands on
const compiler = { generate: 'dom' as const, inlineStyles: false }

export default defineConfig({
  root: here('.'),
  plugins: [solid({ solid: compiler })],
  build: {
    outDir: here('../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // light-dark() and its kin as they are: every browser since May 2024 knows them
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // data: URIs and an inline polyfill would both need holes in the CSP
    assetsInlineLimit: 0,
    // one small sheet: the order of rules is the same on every page and nothing flashes
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    // the framework changes less often than we do: a file of its own stays in the browser's cache
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'solid', test: /node_modules[\\/](solid-js|@solidjs)[\\/]/ }] } } },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(['/api', '/s/', '/widget.js', '/metrics', '/simulator'].map(path => [path, { target: api, ws: true }])),
  },
})

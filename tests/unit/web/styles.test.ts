// All sheets become one file under a strict policy: names must not meet, and nothing may need inline style or HTML.
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../web/', import.meta.url))
const read = (pattern: string) => globSync(pattern, { cwd: root }).map(file => ({ file, text: readFileSync(root + file, 'utf8').replace(/\/\*[^]*?\*\//g, '') }))
const sheets = read('src/**/*.css')

/** Classes that a sheet lays down itself: those that begin a selector. */
function ownClasses(text: string): Set<string> {
  const selectors = [...text.matchAll(/([^{}]+)\{/g)].flatMap(match => match[1]!.split(','))
  return new Set(selectors.flatMap(selector => /^\.([\w-]+)$/.exec(selector.trim())?.[1] ?? []))
}

describe('the style sheets', () => {
  it('find all sheets', () => {
    expect(sheets.length).toBeGreaterThan(40)
  })

  it('define each class in one sheet only', () => {
    const homes = new Map<string, string[]>()
    for (const { file, text } of sheets) for (const name of ownClasses(text)) homes.set(name, [...(homes.get(name) ?? []), file])
    expect([...homes].filter(([, files]) => files.length > 1)).toEqual([])
  })

  it('use only tokens that exist', () => {
    const all = sheets.map(sheet => sheet.text).join('\n')
    const known = new Set([...all.matchAll(/(--[\w-]+)\s*:/g)].map(match => match[1]))
    const unknown = [...all.matchAll(/var\((--[\w-]+)\)/g)].map(match => match[1]).filter(name => !known.has(name))
    expect([...new Set(unknown)]).toEqual([])
  })

  it('load nothing from elsewhere', () => {
    for (const { file, text } of sheets) expect(text, file).not.toMatch(/@import|url\(\s*['"]?(?:https?:|data:|\/\/)/)
  })
})

describe('the markup', () => {
  it('holds no raw HTML, no style strings and no handlers in strings', () => {
    for (const { file, text } of [...read('src/**/*.tsx'), ...read('index.html')]) {
      expect(text, file).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/)
      expect(text, file).not.toMatch(/\sstyle=["']|\son(?:[A-Z]|click|load|error)\w*=["']/)
    }
  })
})

// Reads the source itself: imports go one way, the door is the only way to D1, rooms stay small. Every exception stands here with its reason.
import { readFileSync, readdirSync, existsSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { getTableName, is } from 'drizzle-orm'
import { SQLiteTable, getTableConfig } from 'drizzle-orm/sqlite-core'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const filesOf = (folder: string): string[] => readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('node_modules')).map(entry => relative(root, join(entry.parentPath, entry.name))).sort()
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8')
const source = filesOf('src')

interface Import { file: string; typeOnly: boolean; from: string; /** Path in the repository, null for a package. */ target: string | null }
function importsOf(file: string): Import[] {
  return [...textOf(file).matchAll(/^(?:import|export(?=\s+(?:type\s+)?[{*]))\s+(type\s+)?([^'"=;]*?)\s*(?:from\s+)?['"]([^'"]+)['"]/gm)].map(([, type, names = '', from = '']) => {
    const inner = /^\{(.*)\}$/s.exec(names.trim())?.[1]?.split(',').map(name => name.trim()).filter(name => name !== '')
    return { file, typeOnly: type !== undefined || (inner !== undefined && inner.length > 0 && inner.every(name => name.startsWith('type '))), from, target: from.startsWith('.') ? normalize(join(dirname(file), from)) : null }
  })
}
const roomOf = (file: string): string => file.split('/')[1] ?? ''

/** Room → rooms it may import from. */
const allowed: Record<string, string[]> = {
  contract: [],
  platform: ['contract'],
  db: ['contract', 'platform'],
  channels: ['contract', 'platform'],
  assistant: ['contract', 'platform'],
  timetabling: ['contract', 'platform'],
  domain: ['contract', 'platform', 'db'],
  'durable-objects': ['contract', 'platform', 'db', 'domain'],
  queues: ['contract', 'platform', 'db', 'domain', 'channels', 'assistant', 'timetabling'],
  worker: ['contract', 'platform', 'db', 'domain', 'channels', 'assistant', 'timetabling', 'queues', 'durable-objects'],
}

/** "file -> file": reason. A stale line fails. */
const importExceptions: Record<string, string> = {
}
/** Value imports of worker from durable-objects, besides the classes that index.ts exports for the runtime. */
const objectNames = /^src\/worker\/index\.ts$/

test('imports go one way', () => {
  const wrong = source.flatMap(importsOf).filter(({ target }) => target !== null).filter(({ file, target, typeOnly }) => {
    const [own, other] = [roomOf(file), roomOf(target ?? '')]
    if (!target?.startsWith('src/')) return true
    if (own === other) return false
    if (!(allowed[own] ?? []).includes(other)) return true
    if (own === 'durable-objects' && other === 'domain') return !/\.(read|sql)\.ts$/.test(target)
    return own === 'worker' && other === 'durable-objects' && !typeOnly && !objectNames.test(file)
  }).map(({ file, target }) => `${file} -> ${target}`)
  expect(source.flatMap(importsOf).length).toBeGreaterThan(1_000)
  expect(wrong.filter(line => importExceptions[line] === undefined)).toEqual([])
  expect(Object.keys(importExceptions).filter(line => !wrong.includes(line)), 'exceptions that are none any more').toEqual([])
})

test('only their own rooms know the outside: Hono, drizzle’s driver, Workers, model vendors', () => {
  const owners: [RegExp, RegExp][] = [
    [/^hono/, /^src\/worker\//],
    [/^drizzle-orm\/d1/, /^src\/db\//],
    [/^cloudflare:workers$/, /^src\/(durable-objects|worker)\//],
    [/^(ai|@ai-sdk\/)/, /^src\/assistant\/(providers\/|.*provider)/],
    [/^node:/, /^src\/platform\//],
  ]
  const wrong = source.flatMap(importsOf).filter(({ file, from }) => owners.some(([name, owner]) => name.test(from) && !owner.test(file))).map(({ file, from }) => `${file} -> ${from}`)
  expect(wrong).toEqual([])
})

test('neither the product knows the simulator nor the simulator the product; the browser takes shapes only', () => {
  const bySide = (folder: string, bad: RegExp) => filesOf(folder).flatMap(importsOf).filter(({ target, from }) => bad.test(target ?? from)).map(({ file, target }) => `${file} -> ${target}`)
  expect(bySide('src', /^(simulator|web|bench|scripts|tests)\//)).toEqual([])
  expect(bySide('simulator', /^(src|web)\//)).toEqual([])
  const fromWeb = filesOf('web').flatMap(importsOf).filter(({ target }) => target?.startsWith('src/'))
  expect(fromWeb.filter(({ target }) => !target?.startsWith('src/contract/')).filter(({ typeOnly }) => !typeOnly).map(({ file, target }) => `${file} -> ${target}`)).toEqual([])
  // A value from a module that imports zod would carry the whole library to the browser.
  const carriesZod = (file: string, seen = new Set<string>()): boolean => !seen.has(file) && (seen.add(file), importsOf(file).some(({ typeOnly, from, target }) => !typeOnly && (/^zod/.test(from) || (target !== null && carriesZod(target, seen)))))
  expect(fromWeb.filter(({ typeOnly, target }) => !typeOnly && carriesZod(target ?? '')).map(({ file, target }) => `${file} -> ${target}`)).toEqual([])
})

describe('the door', () => {
  const outside = source.filter(file => !file.startsWith('src/db/'))

  test('no other room touches a D1 database or names a shard', () => {
    const reasons: Record<string, string> = { 'src/platform/bindings.ts': 'says what is bound, and nothing else' }
    const touching = outside.filter(file => /\bD1Database\b|\bD1PreparedStatement\b|\benv\.DIRECTORY\b|\bSHARD_\d|\benv\[`SHARD_/.test(withoutComments(textOf(file))))
    expect(touching.filter(file => reasons[file] === undefined)).toEqual([])
    expect(Object.keys(reasons).filter(file => !touching.includes(file))).toEqual([])
  })

  test('no other room spells studio_id in a statement', () => {
    // The target of ON CONFLICT names a key and selects nothing; `row.studio_id` and `studio_id:` read and write no SQL.
    const spelled = outside.flatMap(file => withoutComments(textOf(file)).split('\n').flatMap((line, i) => {
      const rest = line.replace(/on conflict \(studio_id[^)]*\)/g, '').replace(/[\w)?]\??\.studio_id/g, '').replace(/\bstudio_id\??\s*[:,}]/g, '').replace(/(['"])studio_id\1/g, '')
      return rest.includes('studio_id') ? [`${file}:${i + 1}`] : []
    }))
    expect(spelled).toEqual([])
  })

  test('every table of a studio begins its key and its unique indexes with studio_id', async () => {
    const files = source.filter(file => file.endsWith('.sql.ts') && file !== 'src/db/directory/directory.sql.ts')
    const tables = (await Promise.all(files.map(async file => Object.values(await import(join(root, file)) as Record<string, unknown>)))).flat().filter((value): value is SQLiteTable => is(value, SQLiteTable))
    expect(tables.length).toBeGreaterThan(15)
    const nameOf = (column: unknown): string => (column as { name?: string }).name ?? ''
    for (const table of tables) {
      const { columns, primaryKeys, indexes, uniqueConstraints } = getTableConfig(table)
      const name = getTableName(table)
      expect(primaryKeys[0]?.columns.map(nameOf), name).toEqual(name === 'changes' ? ['studio_id', 'seq'] : ['studio_id', 'id'])
      expect(columns.filter(column => column.primary || column.isUnique).map(nameOf), name).toEqual([])
      for (const index of indexes.filter(index => index.config.unique)) expect(nameOf(index.config.columns[0]), index.config.name).toBe('studio_id')
      for (const unique of uniqueConstraints) expect(nameOf(unique.columns[0]), name).toBe('studio_id')
      // The sweeper's one question spans the studios of a shard.
      for (const index of indexes.filter(index => !index.config.unique && index.config.name !== 'jobs_due')) expect(nameOf(index.config.columns[0]), index.config.name).toBe('studio_id')
    }
  })

  test('the migrations make no table of a studio without it', () => {
    const sql = readdirSync(join(root, 'migrations/studio')).filter(name => name.endsWith('.sql')).map(name => textOf(`migrations/studio/${name}`)).join('\n')
    const tables = [...sql.matchAll(/CREATE TABLE `?(\w+)`? \(([\s\S]*?)\n\)(?: WITHOUT ROWID)?;/g)]
    expect(tables.length).toBeGreaterThan(15)
    for (const [, name, body] of tables) expect(body, name).toMatch(/PRIMARY KEY\(`studio_id`,/)
    for (const [, name, columns] of sql.matchAll(/CREATE UNIQUE INDEX `?(\w+)`? ON `?\w+`? \(([^)]*)\)/g)) expect(columns, name).toMatch(/^`studio_id`/)
  })
})

describe('the house', () => {
  test('each room has a README', () => {
    const rooms = [...new Set(source.map(file => file.split('/').slice(0, 2).join('/')).filter(path => !path.endsWith('.ts')))]
    expect(rooms.filter(room => !existsSync(join(root, room, 'README.md')))).toEqual([])
  })

  test('each file opens with a sentence and stays within 200 lines', () => {
    const longer: Record<string, string> = {
    }
    const long = source.filter(file => textOf(file).trimEnd().split('\n').length > 200)
    expect(long.filter(file => longer[file] === undefined)).toEqual([])
    expect(Object.keys(longer).filter(file => !long.includes(file))).toEqual([])
    expect(source.filter(file => !file.endsWith('.d.ts') && !/^\/\/ [A-Z0-9"'`(].{10,}/.test(textOf(file)))).toEqual([])
  })

  test('no name says nothing, and nothing is left to do later', () => {
    expect(source.filter(file => /(^|\/)(utils?|helpers?|common-?\w*|manager|service)(\/|\.|-)/.test(file.replace('src/contract/common.ts', '')))).toEqual([])
    const careless = /\bTODO\b|\bFIXME\b|\bas any[;,)\n]|@ts-(ignore|nocheck|expect-error)|catch\s*(\([^)]*\))?\s*\{\s*\}/
    expect([...source, ...filesOf('web/src')].filter(file => careless.test(textOf(file)))).toEqual([])
  })
})

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, '')).replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
}

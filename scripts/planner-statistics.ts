// Statistics for SQLite's planner, written down instead of measured: on an empty or a skewed database ANALYZE would
// tell it that a studio has a handful of rows, and it would read the whole studio where an index leads to one row.
import { is, getTableName } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'

const rows = 1_000_000
/** Rows of one studio, then rows that share the next columns of an index. */
const perStudio = 5_000
const perPrefix = [20, 2, 1, 1]
/** Columns with few values: rows of a studio that share one. */
const coarse: Record<string, number> = { status: 1_500, state: 1_500, lead_status: 1_000, kind: 500, channel_type: 100 }

/** SQL that replaces the statistics of every table in the given schema modules. */
export function plannerStatistics(modules: Record<string, unknown>[]): string {
  const tables = modules.flatMap(module => Object.values(module)).filter(value => is(value, SQLiteTable))
  const lines = tables.flatMap(table => {
    const config = getTableConfig(table)
    const key = config.primaryKeys[0]?.columns.map(column => column.name) ?? config.columns.filter(column => column.primary).map(column => column.name)
    const indexes = config.indexes.map(index => ({ name: index.config.name, unique: index.config.unique, columns: index.config.columns.map(column => ('name' in column ? String(column.name) : '')) }))
    return [{ name: getTableName(table), unique: true, columns: key }, ...indexes].map(index => `('${getTableName(table)}', '${index.name}', '${numbers(index.columns, index.unique)}')`)
  })
  return ['ANALYZE;', 'DELETE FROM sqlite_stat1;', `INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES\n  ${lines.join(',\n  ')};`, 'ANALYZE sqlite_schema;'].join('\n--> statement-breakpoint\n')
}

function numbers(columns: string[], unique: boolean): string {
  const last = columns.length - 1
  return [rows, ...columns.map((column, i) => {
    if (unique && i === last) return 1
    if (column === 'studio_id') return perStudio
    return coarse[column] ?? perPrefix[Math.min(i - (columns[0] === 'studio_id' ? 1 : 0), perPrefix.length - 1)] ?? 1
  })].join(' ')
}

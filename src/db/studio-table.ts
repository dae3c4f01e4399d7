// Tables that a studio owns: the key is always (studio_id, id), and every index begins with studio_id.
import { index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { SQLiteColumn, SQLiteColumnBuilderBase, SQLiteTableExtraConfigValue } from 'drizzle-orm/sqlite-core'
import type { BuildColumns } from 'drizzle-orm'

const keys = { studioId: text('studio_id').notNull(), id: text('id').notNull() }
type Keys = typeof keys
type Columns<N extends string, C extends Record<string, SQLiteColumnBuilderBase>> = BuildColumns<N, Keys & C, 'sqlite'>

/** A table keyed (studio_id, id). `extra` gets the columns and returns indexes. */
export function studioTable<N extends string, C extends Record<string, SQLiteColumnBuilderBase>>(
  name: N, columns: C, extra: (table: Columns<N, C>) => SQLiteTableExtraConfigValue[] = () => [],
) {
  return sqliteTable(name, { ...keys, ...columns } as Keys & C, table => {
    const own = table as unknown as { studioId: SQLiteColumn; id: SQLiteColumn }
    return [primaryKey({ columns: [own.studioId, own.id] }), ...extra(table as Columns<N, C>)]
  })
}

/** index('…').on(studio_id, …) */
export function studioIndex(name: string, table: { studioId: SQLiteColumn }, ...columns: SQLiteColumn[]) {
  return index(name).on(table.studioId, ...columns)
}

export function studioUnique(name: string, table: { studioId: SQLiteColumn }, ...columns: SQLiteColumn[]) {
  return uniqueIndex(name).on(table.studioId, ...columns)
}

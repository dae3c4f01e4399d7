// A plain table that becomes a list of cards on a phone; each cell carries its column's name for that.
import { For, type JSX } from 'solid-js'
import './table.css'

export interface Column<T> { title: string; cell: (row: T) => JSX.Element; /** Right-aligned figures. */ number?: boolean; /** Shown to screen readers only. */ hideTitle?: boolean; class?: string }

/** `label` is the table's caption for screen readers. */
export function Table<T>(props: { label: string; columns: readonly Column<T>[]; rows: readonly T[] }): JSX.Element {
  return (
    <div class="table-wrap">
      <table class="table">
        <caption class="visually-hidden">{props.label}</caption>
        <thead><tr><For each={props.columns}>{column => <th scope="col" classList={{ 'table-number': column.number }}><span classList={{ 'visually-hidden': column.hideTitle }}>{column.title}</span></th>}</For></tr></thead>
        <tbody>
          <For each={props.rows}>{row => (
            <tr><For each={props.columns}>{column => <td data-title={column.hideTitle ? '' : column.title} class={column.class} classList={{ 'table-number': column.number }}>{column.cell(row)}</td>}</For></tr>
          )}</For>
        </tbody>
      </table>
    </div>
  )
}

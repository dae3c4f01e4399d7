// Where in a list of pages we are, with steps back and on.
import type { JSX } from 'solid-js'
import type { Pagination as Pages } from '../../../src/contract/common.ts'
import { Button } from './button.tsx'
import './pagination.css'

/** Nothing while one page holds all. */
export function Pagination(props: { pages: Pages; what: string; onPage: (page: number) => void }): JSX.Element {
  const first = () => (props.pages.page - 1) * props.pages.per_page + 1
  const last = () => Math.min(props.pages.page * props.pages.per_page, props.pages.total)
  return <>{props.pages.pages > 1 && (
    <nav class="pagination" aria-label={`Pages of ${props.what}`}>
      <p class="muted">{first()}–{last()} of {props.pages.total} {props.what}</p>
      <Button size="sm" icon="chevron-left" disabled={props.pages.page <= 1} onClick={() => props.onPage(props.pages.page - 1)}>Back</Button>
      <Button size="sm" disabled={props.pages.page >= props.pages.pages} onClick={() => props.onPage(props.pages.page + 1)}>Next</Button>
    </nav>
  )}</>
}

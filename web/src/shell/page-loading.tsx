// What stands while a page's code is on its way: nothing for a moment, then a ring.
import type { JSX } from 'solid-js'
import { Spinner } from '../ui/spinner.tsx'
import './page-loading.css'

export function PageLoading(): JSX.Element {
  return <div class="page-loading"><Spinner label="Loading the page" /></div>
}

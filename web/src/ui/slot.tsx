// A place that a part's owner may fill. Reading a JSX prop makes its elements, so it is read exactly once here.
import { children, Show, type JSX } from 'solid-js'

/** Draws `children(content)` when `of` holds anything; nothing for undefined, null, false and ''. */
export function Slot(props: { of: JSX.Element; children: (content: () => JSX.Element) => JSX.Element }): JSX.Element {
  const content = children(() => props.of)
  const filled = () => content.toArray().some(part => part !== undefined && part !== null && part !== false && part !== '')
  return <Show when={filled()}>{props.children(content)}</Show>
}

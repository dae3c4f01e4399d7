// Which item of a menu or list a key leads to: arrows wrap, Home and End jump, letters look for a beginning.

/** The element to focus for an arrow, Home or End; undefined for other keys. */
export function step(key: string, items: HTMLElement[]): HTMLElement | undefined {
  const at = items.indexOf(document.activeElement as HTMLElement)
  if (key === 'ArrowDown') return items[(at + 1) % items.length]
  if (key === 'ArrowUp') return items.at(at <= 0 ? -1 : at - 1)
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  return undefined
}

/** The next element whose text begins with the typed letter. */
export function letterMatch(event: KeyboardEvent, items: HTMLElement[]): HTMLElement | undefined {
  if (event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey) return undefined
  const at = items.indexOf(document.activeElement as HTMLElement)
  const turned = [...items.slice(at + 1), ...items.slice(0, at + 1)]
  return turned.find(item => item.textContent?.trim().toLowerCase().startsWith(event.key.toLowerCase()))
}

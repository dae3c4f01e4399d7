// Where to go after entering: the page that was asked for, but only one of ours.

/** Reads `?next=`; anything that could lead off this origin becomes the inbox. */
export function nextPage(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])/.test(next)) return '/inbox'
  const url = new URL(next, location.origin)
  return url.origin === location.origin ? url.pathname + url.search + url.hash : '/inbox'
}

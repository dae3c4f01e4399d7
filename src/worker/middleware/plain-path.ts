// One spelling per path: whatever a router might read in two ways is no route of ours.
import { Problem, notFound } from '../../platform/problem.ts'

const headerBytes = 16_384

/** Throws NOT_FOUND for escapes, doubled slashes, parameters in segments; HEADERS_TOO_LARGE for oversized headers. */
export function requirePlainRequest(request: Request): void {
  const { pathname } = new URL(request.url)
  if (pathname.length > 1_024 || !/^(\/[\w~:-]+(\.[\w:-]+)*)*\/?$/.test(pathname)) throw notFound('route')
  let size = 0
  for (const [name, value] of request.headers) size += name.length + value.length
  if (size > headerBytes || request.url.length > headerBytes) throw new Problem('HEADERS_TOO_LARGE', 'The headers are too large.')
}

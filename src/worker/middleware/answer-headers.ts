// Headers that every answer of the API carries.

const fixed: [string, string][] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['x-frame-options', 'DENY'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'"],
  ['cache-control', 'no-store'],
  ['cross-origin-resource-policy', 'same-origin'],
]

/** Sets what the handler did not; a switched protocol (101) passes as it is. */
export function withAnswerHeaders(response: Response, request: Request, requestId: string, extra: (headers: Headers) => void): Response {
  if (response.status === 101) return response
  const headers = new Headers(response.headers)
  for (const [name, value] of fixed) if (!headers.has(name)) headers.set(name, value)
  if (request.url.startsWith('https:')) headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains')
  headers.set('x-request-id', requestId)
  extra(headers)
  return new Response(response.body, { status: response.status, headers })
}

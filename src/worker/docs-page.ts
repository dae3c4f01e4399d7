// The API reference as one page without scripts, drawn from the OpenAPI document on the server.

type Json = Record<string, any>

export const docsStyle = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0 auto;max-width:60rem;padding:1.5rem}
h2{margin-top:2.5rem;text-transform:capitalize}details{border:1px solid #8884;border-radius:.5rem;margin:.5rem 0;padding:.5rem .75rem}
summary{cursor:pointer;display:flex;flex-wrap:wrap;gap:.75rem;align-items:baseline}summary b{min-width:4rem}code,pre{font:13px/1.45 ui-monospace,monospace}
pre{overflow:auto;background:#8881;border-radius:.4rem;padding:.75rem}small{opacity:.75}:focus-visible{outline:2px solid Highlight;outline-offset:2px}`

export function docsPage(document: Json): string {
  const operations = Object.entries(document['paths'] as Json).flatMap(([path, methods]) => Object.entries(methods as Json).map(([method, operation]) => ({ path, method, operation: operation as Json })))
  const groups = Map.groupBy(operations, ({ operation }) => String(operation['tags'][0]))
  const body = [...groups].map(([tag, list]) => `<h2>${escape(tag)}</h2>${list.map(({ path, method, operation }) => section(path, method, operation)).join('')}`).join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Studio OS API</title><link rel="stylesheet" href="/api/docs.css"></head><body><main><h1>Studio OS API</h1><p>${escape(document['info'].description)}</p><p>The same as <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>${body}</main></body></html>`
}

function section(path: string, method: string, operation: Json): string {
  const roles = operation['x-roles'] === undefined ? 'no login needed' : `${operation['x-permission']}: ${(operation['x-roles'] as string[]).join(', ')}`
  const parameters = (operation['parameters'] as Json[]).map(item => `${item['name']} (${item['in']}${item['required'] ? ', required' : ''})`).join(', ')
  const body = operation['requestBody']?.content
  const answers = Object.entries(operation['responses'] as Json)
  const success = answers.find(([status]) => status.startsWith('2'))
  return `<details><summary><b>${escape(method.toUpperCase())}</b><code>${escape(path)}</code><span>${escape(operation['summary'])}</span></summary>
<p><small>${escape(roles)}</small></p>${parameters === '' ? '' : `<p>Parameters: ${escape(parameters)}</p>`}${body === undefined ? '' : `<p>Body</p>${block(Object.values(body as Json)[0].schema)}`}
<p>Answer ${escape(success?.[0] ?? '')}: <code>data</code></p>${block(success?.[1].content['application/json'].schema.properties.data ?? {})}<p><small>Refusals: ${escape(answers.filter(([status]) => !status.startsWith('2')).map(([status]) => status).join(', '))}</small></p></details>`
}

function block(schema: unknown): string {
  return `<pre>${escape(JSON.stringify(schema, null, 1))}</pre>`
}

function escape(text: unknown): string {
  return String(text).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

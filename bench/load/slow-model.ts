// A model that is slow on purpose: OpenAI's chat completions after a fixed delay; `node slow-model.ts 2000`.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const delay = Number(process.argv[2] ?? 2000)
let started = 0
let open = 0

const server = createServer((request, response) => {
  if (request.url === '/calls') { json(response, { started, open }); return }
  if (request.method === 'GET') { json(response, { object: 'list', data: [{ id: 'gpt-bench', object: 'model' }] }); return }
  const chunks: Buffer[] = []
  request.on('data', chunk => chunks.push(chunk))
  request.on('end', () => {
    started++
    open++
    setTimeout(() => { open--; answer(response, JSON.parse(Buffer.concat(chunks).toString())) }, delay)
  })
})
server.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}`))

function answer(response: ServerResponse, asked: { stream?: boolean; model?: string }): void {
  const common = { id: `chatcmpl-${started}`, created: Math.floor(Date.now() / 1000), model: asked.model ?? 'gpt-bench' }
  const content = 'Yes, there is a place in ballet on Tuesday. Would you like to come and try?'
  if (!asked.stream) {
    json(response, { ...common, object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 } })
    return
  }
  const chunk = (delta: object, finish_reason: string | null) =>
    `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  response.end(`${chunk({ role: 'assistant', content }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`)
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

// OpenAI's error body and the HTTP status that goes with each code.

const byCode: Record<string, [status: number, type: string, message: string]> = {
  invalid_api_key: [401, 'invalid_request_error', 'Incorrect API key provided.'],
  model_not_found: [404, 'invalid_request_error', 'The model does not exist or you do not have access to it.'],
  unsupported_parameter: [400, 'invalid_request_error', 'Unsupported parameter.'],
  context_length_exceeded: [400, 'invalid_request_error', "This model's maximum context length was exceeded."],
  content_filter: [400, 'invalid_request_error', 'The prompt was filtered.'],
  rate_limit_exceeded: [429, 'requests', 'Rate limit reached for requests. Please try again in 1s.'],
  slow_down: [503, 'server_error', 'Slow down: please reduce your request rate.'],
  insufficient_quota: [429, 'insufficient_quota', 'You exceeded your current quota, please check your plan and billing details.'],
  credit_balance_exhausted: [429, 'insufficient_quota', 'Your credit balance is exhausted.'],
  organization_spend_limit_exceeded: [429, 'insufficient_quota', 'Your organization has reached its spend limit.'],
  project_spend_limit_exceeded: [429, 'insufficient_quota', 'Your project has reached its spend limit.'],
  organization_usage_limit_exceeded: [429, 'insufficient_quota', 'Your organization has reached its usage limit.'],
  server_error: [500, 'server_error', 'The server had an error while processing your request.'],
  overloaded: [503, 'server_error', 'The engine is currently overloaded, please try again later.'],
}

export interface OpenAiFailure {
  code?: string
  message?: string
  type?: string
  param?: string | null
  status?: number
}

export const errorBody = (failure: OpenAiFailure): { error: Record<string, unknown> } => {
  const [, type, message] = byCode[failure.code ?? 'server_error'] ?? [400, 'invalid_request_error', 'Invalid request.']
  return { error: { message: failure.message ?? message, type: failure.type ?? type, param: failure.param ?? null, code: failure.code ?? null } }
}

export function errorResponse(failure: OpenAiFailure): Response {
  const status = failure.status ?? byCode[failure.code ?? 'server_error']?.[0] ?? 400
  return Response.json(errorBody(failure), { status, headers: { 'x-request-id': `req_${crypto.randomUUID().replaceAll('-', '')}` } })
}

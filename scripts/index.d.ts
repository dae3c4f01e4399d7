// The built Worker as local-front.ts sees it: it lies in dist/worker, beside the bundled front.
declare const worker: { fetch(request: Request, env: unknown, context: unknown): Promise<Response> }
export default worker

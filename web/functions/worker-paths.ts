// Which paths of the one origin are the Worker's.

export function belongsToWorker(path: string): boolean {
  return under(path, '/api') || path.startsWith('/s/') || path === '/widget.js' || path === '/metrics' || path === '/metrics.json'
}

export function under(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`)
}

// Structured log lines: ids and figures, never a name, a number or a text of a person.

export type LogFields = Record<string, string | number | boolean | null | undefined>
const ranks = { debug: 0, info: 1, warn: 2, error: 3, silent: 4 } as const
export type LogLevel = keyof typeof ranks

let threshold: LogLevel = 'info'
export function setLogLevel(level: LogLevel): void {
  threshold = level
}

/** One JSON object a line; JSON escapes line breaks and control characters, so a value cannot forge a line. */
export function log(level: Exclude<LogLevel, 'silent'>, event: string, fields: LogFields = {}): void {
  if (ranks[level] < ranks[threshold]) return
  console[level === 'debug' ? 'log' : level](JSON.stringify({ level, event, at: new Date().toISOString(), ...fields }))
}

/** Name and first line of an error, without what it quotes: messages of databases and providers can hold people's words. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return `${error.name}: ${error.message.split('\n')[0]?.replace(/(["'`]).*?\1/g, '$1…$1').slice(0, 200) ?? ''}`
}

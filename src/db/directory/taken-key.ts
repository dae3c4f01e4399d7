// Reads from a database error which unique key was taken.

/** "logins.email", or null when the error is another one. Source: SQLite's text for SQLITE_CONSTRAINT_UNIQUE. */
export function takenKey(error: unknown): string | null {
  return error instanceof Error ? (/UNIQUE constraint failed: (\w+\.\w+)/.exec(error.message)?.[1] ?? null) : null
}

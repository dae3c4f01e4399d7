// Variables in saved texts: {{name}} and {{first_name}} are filled from the person, the rest must be filled by hand before sending.

/** Fills what is known of the person; unknown variables stay as they are. */
export function fillSnippet(text: string, person: { name: string }, studio: string): string {
  const values: Record<string, string> = { name: person.name, first_name: person.name.trim().split(/\s+/)[0] ?? person.name, studio }
  return text.replace(/\{\{\s*([a-z_]+)\s*\}\}/gi, (whole, name: string) => values[name.toLowerCase()] ?? whole)
}

/** The first variable that is still open, without its braces; null when all are filled. */
export function openVariable(text: string): string | null {
  return text.match(/\{\{\s*([^{}]{1,60}?)\s*\}\}/)?.[1] ?? null
}

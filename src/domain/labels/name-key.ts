// Names as they are compared: "Trial ", "TRIAL" and "trial" are one.

export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
}

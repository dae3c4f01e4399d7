// Sizes of files as people say them.

/** "640 B", "12 KB", "3.4 MB"; bytes in powers of 1000. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

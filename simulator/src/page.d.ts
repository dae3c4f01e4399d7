// The page's files, which the build puts into the bundle as text.
declare module 'page:files' {
  export const files: Record<string, string>
}

// What Vite adds to import.meta where tests read a folder of fixtures.
interface ImportMeta { glob(path: string, options: { query: '?raw'; import: 'default'; eager: true }): Record<string, string> }

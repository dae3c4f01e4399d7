// Light, dark, or as the system wishes: kept in localStorage "theme", which public/theme.js reads before the first paint.
import { createSignal } from 'solid-js'

export const themes = ['light', 'dark', 'system'] as const
export type Theme = (typeof themes)[number]

const [theme, setSignal] = createSignal<Theme>(stored())
export { theme }

/** Applies at once and in later visits. */
export function setTheme(choice: Theme): void {
  setSignal(choice)
  if (choice === 'system') {
    localStorage.removeItem('theme')
    delete document.documentElement.dataset['theme']
  } else {
    localStorage.setItem('theme', choice)
    document.documentElement.dataset['theme'] = choice
  }
}

function stored(): Theme {
  const choice = localStorage.getItem('theme')
  return choice === 'light' || choice === 'dark' ? choice : 'system'
}

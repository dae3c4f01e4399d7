// My own menu: who I am, the theme, my account, and the way out.
import { useNavigate } from '@solidjs/router'
import type { JSX } from 'solid-js'
import { reasonOf } from '../data/api.ts'
import { logOut, session } from '../data/session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { toast } from '../ui/toast.tsx'
import { setTheme, theme, themes, type Theme } from './theme.ts'

const looks: Record<Theme, { label: string; icon: IconName }> = {
  light: { label: 'Light', icon: 'sun' },
  dark: { label: 'Dark', icon: 'moon' },
  system: { label: 'As the system', icon: 'monitor' },
}

export function AccountMenu(): JSX.Element {
  const navigate = useNavigate()
  const me = () => session()?.user
  const leave = async () => {
    try {
      await logOut()
      location.assign('/login') // a full load: nothing of this studio stays in memory
    } catch (error) {
      toast({ text: `Not logged out: ${reasonOf(error)}`, tone: 'bad' })
    }
  }
  const entries = (): MenuEntry[] => [
    { heading: me()?.email ?? '' },
    { label: 'My account', icon: 'user', onSelect: () => navigate('/settings/account') },
    { label: 'Notifications', icon: 'bell', onSelect: () => navigate('/settings/notifications') },
    'line',
    { heading: 'Theme' },
    ...themes.map(choice => ({ ...looks[choice], checked: theme() === choice, onSelect: () => setTheme(choice) })),
    'line',
    { label: 'Log out', icon: 'logout', onSelect: () => void leave() },
  ]
  return (
    <Menu label="My menu" side="top-start" entries={entries()} trigger={trigger => (
      <button type="button" class="rail-button" {...trigger}>
        <Avatar id={me()?.id ?? ''} name={me()?.name ?? ''} size="sm" />
        <span class="rail-who"><span class="visually-hidden">My menu: </span><strong>{me()?.name}</strong><small>{me()?.role}</small></span>
        <Icon name="chevron-up" size={16} />
      </button>
    )} />
  )
}

// Which studio this is; with more than one, the way to the others.
import { Show, type JSX } from 'solid-js'
import { api, reasonOf } from '../data/api.ts'
import { session } from '../data/session.ts'
import { Icon } from '../ui/icon.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { toast } from '../ui/toast.tsx'

export function StudioMenu(): JSX.Element {
  const others = () => session()?.studios ?? []
  return (
    <Show when={others().length > 1} fallback={<div class="rail-studio rail-button rail-plain"><Name /></div>}>
      <div class="rail-studio">
        <Menu label="Studios" entries={entries()} trigger={trigger => (
          <button type="button" class="rail-button" {...trigger}><Name /><span class="visually-hidden">: switch studio</span><Icon name="chevron-down" size={16} /></button>
        )} />
      </div>
    </Show>
  )
}

function Name(): JSX.Element {
  return <><img class="rail-mark" src="/favicon.svg" alt="" /><span class="rail-who"><strong>{session()?.studio.name}</strong></span></>
}

function entries(): MenuEntry[] {
  const me = session()
  return [{ heading: 'Your studios' }, ...(me?.studios ?? []).map(studio => ({
    label: studio.name,
    hint: studio.role,
    checked: studio.id === me?.studio.id,
    onSelect: () => void switchTo(studio.id),
  }))]
}

async function switchTo(id: string): Promise<void> {
  if (id === session()?.studio.id) return
  try {
    await api.post('/api/auth/switch', { studio_id: id })
    location.assign('/inbox') // a new studio begins with an empty memory
  } catch (error) {
    toast({ text: reasonOf(error), tone: 'bad' })
  }
}

// Every command of the inbox once: the keyboard, the palette and the help page read the same list.
import type { Navigator } from '@solidjs/router'
import { assign, markUnread, setStatus } from '../../data/commands.ts'
import { suggestReplies } from '../../data/drafts.ts'
import { can } from '../../data/session.ts'
import { draftOf, headOf } from '../../data/store.ts'
import { lastDeed, undo } from '../../data/undo.ts'
import { ask, canDo, currentView, selectedId, setComposerMode, setPanelOpen, setPicker } from './desk.ts'
import { takeSuggestion } from './drafts/take.ts'
import { neighbour, openConversation } from './navigation.ts'

export interface Action {
  title: string
  /** Keys as `KeyboardEvent.key`, in upper case for Shift; "Ctrl+K" stands for Ctrl or Cmd. */
  keys: string[]
  group: 'Move' | 'Answer' | 'Sort' | 'Look'
  /** Whether it can be done now; what cannot is neither listed nor run. */
  when: () => boolean
  run: () => void
}

export function actionsOf(navigate: Navigator, me: string): Action[] {
  const head = () => { const id = selectedId(); return id ? headOf(id) : undefined }
  const chosen = () => head() !== undefined
  const writes = () => chosen() && can('conversations.write')
  const go = (id: string | null) => { if (id) openConversation(navigate, id) }
  const write = (mode: 'reply' | 'note') => { setComposerMode(mode); ask('focus-composer') }
  const filter = (search: string) => () => navigate(`/inbox${selectedId() ? `/${selectedId()}` : ''}${search}`, { scroll: false })
  const suggestion = (at: number): Action => ({ title: `Use suggestion ${at + 1}`, keys: [String(at + 1)], group: 'Answer', when: () => chosen() && can('assistant.use') && (draftOf(head()!.id)?.suggestions.length ?? 0) > at, run: () => { takeSuggestion(head()!, at) } })
  return [
    { title: 'Next conversation', keys: ['j', 'ArrowDown'], group: 'Move', when: () => (currentView()?.ids.length ?? 0) > 0, run: () => go(neighbour(1)) },
    { title: 'Previous conversation', keys: ['k', 'ArrowUp'], group: 'Move', when: () => (currentView()?.ids.length ?? 0) > 0, run: () => go(neighbour(-1)) },
    { title: 'Back to the list', keys: ['Escape'], group: 'Move', when: chosen, run: () => openConversation(navigate, null) },
    { title: 'Newest message', keys: ['G', 'End'], group: 'Move', when: () => canDo('to-end'), run: () => { ask('to-end') } },
    { title: 'Search', keys: ['/'], group: 'Look', when: () => canDo('focus-search'), run: () => { ask('focus-search') } },
    { title: 'All commands', keys: ['Ctrl+k'], group: 'Look', when: () => true, run: () => setPicker('palette') },
    { title: 'Keyboard help', keys: ['?'], group: 'Look', when: () => true, run: () => setPicker('help') },
    { title: 'Show or hide the person', keys: ['i'], group: 'Look', when: chosen, run: () => setPanelOpen(open => !open) },
    { title: 'Show all open', keys: [], group: 'Look', when: () => true, run: filter('') },
    { title: 'Show mine', keys: [], group: 'Look', when: () => true, run: filter('?assignee=me') },
    { title: 'Show unassigned', keys: [], group: 'Look', when: () => true, run: filter('?assignee=none') },
    { title: 'Show unread', keys: [], group: 'Look', when: () => true, run: filter('?unread=true') },
    { title: 'Show who waits longest', keys: [], group: 'Look', when: () => true, run: filter('?sort=waiting') },
    { title: 'Show snoozed', keys: [], group: 'Look', when: () => true, run: filter('?status=snoozed') },
    { title: 'Show closed', keys: [], group: 'Look', when: () => true, run: filter('?status=closed') },
    { title: 'Reply', keys: ['r'], group: 'Answer', when: () => chosen() && can('messages.send'), run: () => write('reply') },
    { title: 'Write a note', keys: ['n'], group: 'Answer', when: () => chosen() && can('notes.write'), run: () => write('note') },
    { title: 'Send a template', keys: ['t'], group: 'Answer', when: () => chosen() && head()!.channel === 'whatsapp' && can('messages.send'), run: () => { ask('template') } },
    { title: 'Suggest replies', keys: ['d'], group: 'Answer', when: () => chosen() && can('assistant.use'), run: () => void suggestReplies(head()!.id) },
    suggestion(0), suggestion(1), suggestion(2),
    { title: 'Close', keys: ['e'], group: 'Sort', when: () => writes() && head()!.status !== 'closed', run: () => { const id = head()!.id; const next = neighbour(1); void setStatus(id, 'closed'); if (next && next !== id) go(next) } },
    { title: 'Reopen', keys: ['e', 'o'], group: 'Sort', when: () => writes() && head()!.status !== 'open', run: () => void setStatus(head()!.id, 'open') },
    { title: 'Snooze…', keys: ['s'], group: 'Sort', when: writes, run: () => setPicker('snooze') },
    { title: 'Assign…', keys: ['a'], group: 'Sort', when: writes, run: () => setPicker('assign') },
    { title: 'Assign to me', keys: ['m'], group: 'Sort', when: () => writes() && head()!.assignee_id !== me, run: () => void assign(head()!.id, me, 'you') },
    { title: 'Labels…', keys: ['l'], group: 'Sort', when: writes, run: () => setPicker('labels') },
    { title: 'Mark unread', keys: ['u'], group: 'Sort', when: () => chosen() && head()!.last_inbound_seq > 0, run: () => void markUnread(head()!.id) },
    { title: 'Undo', keys: ['z', 'Ctrl+z'], group: 'Sort', when: () => lastDeed() !== undefined, run: () => void undo() },
  ]
}

// The UI floor: a virtual list of conversations, a thread, a socket; Solid and nothing else.
import { createMemo, createSignal, For, Show } from 'solid-js'
import { createStore, produce } from 'solid-js/store'
import { render } from 'solid-js/web'

interface Conversation { id: string; name: string; messages: string[] }

const ROW_HEIGHT = 60
const rows = Number(new URLSearchParams(location.search).get('rows') ?? 500)
const [state, setState] = createStore<{ conversations: Conversation[] }>({
  conversations: Array.from({ length: rows }, (_, index) => ({
    id: `c${index}`, name: `Dancer ${index}`, messages: Array.from({ length: 30 }, (_, message) => `thread-${index} message ${message}`),
  })),
})
const [openId, setOpenId] = createSignal('')
const [scrollTop, setScrollTop] = createSignal(0)

new WebSocket(`${location.origin.replace('http', 'ws')}/live/a`).addEventListener('message', event => {
  const { id, text } = JSON.parse(event.data) as { id: string; text: string }
  setState(produce(draft => {
    const at = draft.conversations.findIndex(conversation => conversation.id === id)
    const [conversation] = draft.conversations.splice(at, 1)
    conversation!.messages.push(text)
    draft.conversations.unshift(conversation!)
  }))
})

function List() {
  const first = createMemo(() => Math.max(0, Math.floor(scrollTop() / ROW_HEIGHT) - 5))
  const visible = () => state.conversations.slice(first(), first() + Math.ceil(innerHeight / ROW_HEIGHT) + 10)
  return (
    <div class="list" onScroll={event => setScrollTop(event.currentTarget.scrollTop)}>
      <div style={{ height: `${state.conversations.length * ROW_HEIGHT}px` }} />
      <For each={visible()}>{(conversation, index) =>
        <div class="row" data-conversation={conversation.id} style={{ top: `${(first() + index()) * ROW_HEIGHT}px` }} onClick={() => setOpenId(conversation.id)}>
          <p>{conversation.name}</p><p class="preview">{conversation.messages.at(-1)}</p>
        </div>}
      </For>
    </div>
  )
}

function Thread() {
  const open = createMemo(() => state.conversations.find(conversation => conversation.id === openId()))
  return <div class="thread" data-thread><Show when={open()}>{conversation => <For each={conversation().messages}>{text => <p>{text}</p>}</For>}</Show></div>
}

render(() => <><List /><Thread /></>, document.getElementById('app')!)

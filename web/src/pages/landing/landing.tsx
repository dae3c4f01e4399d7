// The public start page: what this is, what it does today, and the two doors.
import { For, Show, type JSX } from 'solid-js'
import { loadSession, session } from '../../data/session.ts'
import { knownLogin } from '../../shell/known-login.ts'
import { Ribbon } from '../../shell/ribbon.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { Link } from '../../ui/link.tsx'
import { Preview } from './preview.tsx'
import './landing.css'

const promises: { icon: IconName; title: string; text: string }[] = [
  { icon: 'inbox', title: 'Every message in one place', text: 'The whole team answers WhatsApp from one inbox. Who is answering is plain to see, and nobody answers twice.' },
  { icon: 'check-double', title: 'Never lost, never doubled', text: 'A message is stored before we say yes to it. What could not be confirmed is listed for a person; nothing is sent again by guess.' },
  { icon: 'sparkle', title: 'Help that shows its sources', text: 'Drafts are built from what you wrote about your studio, with the passages they rest on. They stay drafts until one of you sends them.' },
  { icon: 'shield', title: 'Yours to keep', text: 'Open source under the MIT licence, on your own Cloudflare account. Each studio’s data stands apart from every other’s.' },
]

export default function Landing(): JSX.Element {
  document.title = 'Studio OS: the operations system for dance studios'
  // the page is whole without an answer: an unreachable server only keeps the doors as they are for guests
  if (session() === undefined && knownLogin()) loadSession().catch((error: unknown) => console.warn('session not asked', error))
  return (
    <div class="landing">
      <header class="landing-top">
        <span class="public-mark"><img src="/favicon.svg" alt="" width="28" height="28" />Studio OS</span>
        <nav class="row" aria-label="Account"><Doors small /></nav>
      </header>
      <main>
        <section class="landing-hero">
          <div class="landing-words">
            <h1>Every question answered before the music starts.</h1>
            <p>Studio OS is the open-source operations system for dance studios. It begins where your day begins: with the people who write to you.</p>
            <div class="row"><Doors /></div>
          </div>
          <Preview />
        </section>
        <section class="landing-promises" aria-label="What it does">
          <For each={promises}>{promise => <article><Icon name={promise.icon} size={24} /><h2>{promise.title}</h2><p>{promise.text}</p></article>}</For>
        </section>
        <section class="landing-honest">
          <div class="landing-art" aria-hidden="true"><Ribbon /></div>
          <div>
            <h2>What it is today</h2>
            <p>The shared inbox with WhatsApp through Meta’s official Cloud API, contacts with a lead score that shows its evidence, your studio’s knowledge, reply drafts, roles, and a full record of who did what. There is an API for all of it.</p>
            <p>You need your own WhatsApp Business number at Meta to talk to real people. To look around you need nothing: a simulator plays the customer’s phone.</p>
            <p><Link href="/api/docs" external>Read the API</Link></p>
          </div>
        </section>
      </main>
      <footer class="landing-foot">Studio OS · open source, MIT licence</footer>
    </div>
  )
}

function Doors(props: { small?: boolean }): JSX.Element {
  const size = () => (props.small ? 'md' : 'lg')
  return (
    <Show when={session()} fallback={<><ButtonLink href="/register" variant="primary" size={size()}>Open your studio</ButtonLink><ButtonLink href="/login" size={size()} variant={props.small ? 'ghost' : 'secondary'}>Log in</ButtonLink></>}>
      <ButtonLink href="/inbox" variant="primary" size={size()} icon="inbox">To the inbox</ButtonLink>
    </Show>
  )
}

// What still must happen and what could not: with the reason, and a way to try again.
import { createSignal, Show, type JSX } from 'solid-js'
import type { Job } from '../../../../src/contract/workspace.ts'
import { api, reasonOf } from '../../data/api.ts'
import { can } from '../../data/session.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { createLoad, Loaded } from '../../ui/loaded.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { Refused } from './refused.tsx'

type State = Job['state']
const words: Record<State, { title: string; tone: Tone; none: string; empty?: string }> = {
  dead: { title: 'Given up', tone: 'bad', none: 'Nothing was given up', empty: 'Work that failed for good would stand here with its reason.' },
  due: { title: 'To do', tone: 'info', none: 'Nothing waits', empty: 'Sends, drafts and reminders stand here until they are done.' },
  done: { title: 'Done', tone: 'good', none: 'Nothing was done lately' },
  canceled: { title: 'Canceled', tone: 'neutral', none: 'Nothing was canceled' },
}

export default function Jobs(): JSX.Element {
  return <Show when={can('jobs.read')} fallback={<Refused title="Jobs" />}><JobList /></Show>
}

function JobList(): JSX.Element {
  const [state, setState] = createSignal<State>('dead')
  const [page, setPage] = createSignal(1)
  const jobs = createLoad(() => api.page<Job>('/api/jobs', { state: state(), page: page(), per_page: 25 }))
  const replay = async (job: Job) => {
    try {
      await api.post(`/api/jobs/${job.id}/replay`)
      toast({ text: 'It is due again', tone: 'good' })
    } catch (error) {
      toast({ text: reasonOf(error), tone: 'bad' })
    }
    await jobs.reload()
  }
  return (
    <>
      <PageHeader title="Jobs" text="Sends, drafts, scores and reminders are kept as jobs until they are done. A failure is never silent.">
        <Button icon="refresh" busy={jobs.loading() && jobs.data() !== undefined} onClick={() => void jobs.reload()}>Refresh</Button>
      </PageHeader>
      <Tabs label="State" value={state()} onChange={next => { setPage(1); setState(next) }} tabs={(['dead', 'due', 'done', 'canceled'] as const).map(value => ({ value, label: words[value].title }))}>
        <Loaded of={jobs} what="the jobs">{answer => (
          <Show when={answer().data.length} fallback={<EmptyState drawing="calm" title={words[state()].none} text={words[state()].empty} />}>
            <Table label={`Jobs: ${words[state()].title}`} rows={answer().data} columns={[
              { title: 'Job', cell: job => <><strong>{job.kind}</strong><Show when={job.subject}><br /><span class="faint">{job.subject}</span></Show></> },
              { title: 'State', cell: job => <Badge tone={words[job.state].tone} dot>{words[job.state].title}</Badge> },
              { title: 'Reason', cell: job => job.reason ?? '' },
              { title: 'Tries', number: true, cell: job => job.attempts },
              { title: state() === 'due' ? 'Due' : 'Ended', cell: job => <Time at={job.finished_at ?? job.run_at} /> },
              { title: 'Actions', hideTitle: true, class: 'table-actions', cell: job => <Show when={job.state === 'dead' && can('jobs.write')}><Button size="sm" icon="refresh" onClick={() => void replay(job)}>Try again</Button></Show> },
            ]} />
            <Show when={answer().pagination}>{pages => <Pagination pages={pages()} what="jobs" onPage={setPage} />}</Show>
          </Show>
        )}</Loaded>
      </Tabs>
    </>
  )
}

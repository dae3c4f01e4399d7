// For a page that the role does not open.
import type { JSX } from 'solid-js'
import { session } from '../../data/session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { roleWords } from './role-words.ts'

export function Refused(props: { title: string }): JSX.Element {
  const role = () => roleWords[session()?.user.role ?? 'viewer'].title.toLowerCase()
  return (
    <>
      <PageHeader title={props.title} />
      <EmptyState drawing="calm" title="For owners and admins" text={`You are here as ${role()}. An owner or admin can change that under Members.`} />
    </>
  )
}

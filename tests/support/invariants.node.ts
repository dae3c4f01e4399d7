// What must hold after every fault: the standing invariants I1 to I8, read from the databases of a stopped product.
import { DatabaseSync } from 'node:sqlite'
import { databaseFiles, shardOf } from '../../scripts/state-files.ts'
import type { Told } from './load.node.ts'
import type { Sends } from './simulator.node.ts'

export interface Unconfirmed { id: string; accepted: boolean; reason: string }
export interface Findings {
  /** Empty when everything holds; each line begins with the invariant's id. */
  broken: string[]
  messages: number
  changes: number
  jobs: Record<string, number>
  sends: Record<string, number>
  /** Sends that a person must look at, and whether the provider has them. */
  unconfirmed: Unconfirmed[]
}
type Row = Record<string, string | number | null>

/** @param state folder of a product that does not run. */
export function checkInvariants(state: string, told: Told[], sends: Sends): Findings {
  const found: Findings = { broken: [], messages: 0, changes: 0, jobs: {}, sends: {}, unconfirmed: [] }
  const files = databaseFiles(state).map(file => ({ shard: shardOf(file), database: new DatabaseSync(file.path) }))
  const directory = files.find(file => file.shard === null)?.database
  if (directory === undefined) throw new Error('no directory database')
  const homes = new Map(rows(directory, `select id, shard from studios where state = 'active'`).map(row => [String(row.id), row.shard]))
  for (const { desk } of told) if (!homes.has(desk.studioId)) found.broken.push(`I6 studio ${desk.studioId} is not active`)
  for (const { shard, database } of files) {
    if (shard === null) continue
    checkHomes(found, database, shard, homes)
    checkLog(found, database)
    checkJobs(found, database)
    checkSums(found, database)
    for (const one of told) if (homes.get(one.desk.studioId) === shard) checkTold(found, database, one, sends)
  }
  for (const [tag, times] of Object.entries(sends.doubles)) found.broken.push(`I4 the provider accepted ${tag} ${times} times`)
  for (const { database } of files) database.close()
  return found
}

/** I1, I2, I4, I6: what one studio was told, against its rows and the provider's count. */
function checkTold(found: Findings, database: DatabaseSync, { desk, messages, replies }: Told, sends: Sends): void {
  const { studioId } = desk
  const stored = rows(database, 'select id, external_id, direction, content, status, conversation_id, error from messages where studio_id = ?', studioId)
  found.messages += stored.length
  const inbound = Map.groupBy(stored.filter(row => row.direction === 'inbound'), row => String(row.external_id))
  for (const [wamid, said] of messages) {
    const known = inbound.get(wamid) ?? []
    if (known.length === 0) found.broken.push(`I1 ${wamid} was acknowledged and is lost`)
    if (known.length > 1) found.broken.push(`I2 ${wamid} is stored ${known.length} times`)
    if (known.some(row => row.content !== said.text)) found.broken.push(`I1 ${wamid} has other words`)
  }
  for (const wamid of inbound.keys()) if (!wamid.startsWith(`wamid.${studioId}.`)) found.broken.push(`I6 ${wamid} strayed into ${studioId}`)
  const outbound = new Map(stored.filter(row => row.direction === 'outbound').map(row => [String(row.id), row]))
  for (const [id, reply] of replies) {
    const row = outbound.get(id)
    if (row === undefined) found.broken.push(`I1 reply ${id} was acknowledged and is lost`)
    else if (row.content !== reply.text || row.conversation_id !== reply.conversation) found.broken.push(`I1 reply ${id} has other words or another place`)
  }
  for (const [id, row] of outbound) checkSend(found, id, row, sends.by_tag[id] ?? 0)
}

/** I4: what we say of a send is what the provider knows of it. */
function checkSend(found: Findings, id: string, row: Row, accepted: number): void {
  const status = String(row.status)
  found.sends[status] = (found.sends[status] ?? 0) + 1
  if (status === 'unconfirmed') found.unconfirmed.push({ id, accepted: accepted > 0, reason: String(row.error) })
  else if (['sent', 'delivered', 'read'].includes(status)) {
    if (accepted !== 1) found.broken.push(`I4 ${id} is ${status}, and the provider accepted it ${accepted} times`)
  } else found.broken.push(`I4 ${id} ended as ${status}: ${row.error}`)
}

/** I3: nothing is due but what lies in the future, nothing is dead, no lease is left on what ended. */
function checkJobs(found: Findings, database: DatabaseSync): void {
  for (const row of rows(database, 'select kind, state, count(*) as n from jobs group by kind, state')) {
    const key = `${row.kind} ${row.state}`
    found.jobs[key] = (found.jobs[key] ?? 0) + Number(row.n)
  }
  for (const row of rows(database, `select id, state, attempts, reason from jobs where state = 'dead' or (state = 'due' and run_at <= ?)`, Date.now() - 5_000)) {
    found.broken.push(`I3 ${row.id} is ${row.state} after ${row.attempts} tries: ${row.reason}`)
  }
}

/** I5, I7: seqs are dense, and every message has the change that tells of it under its own number. */
function checkLog(found: Findings, database: DatabaseSync): void {
  for (const row of rows(database, 'select studio_id, count(*) as n, min(seq) as low, max(seq) as high from changes group by studio_id')) {
    found.changes += Number(row.n)
    if (row.low !== 1 || row.high !== row.n) found.broken.push(`I5 ${row.studio_id} has ${row.n} changes from ${row.low} to ${row.high}`)
  }
  const untold = rows(database, `select m.id from messages m where not exists
    (select 1 from changes c where c.studio_id = m.studio_id and c.seq = m.seq and c.kind = 'message.created' and c.subject = m.id)`)
  for (const row of untold) found.broken.push(`I7 no change tells of message ${row.id}`)
  const [created] = rows(database, `select (select count(*) from changes where kind = 'message.created') as told, (select count(*) from messages) as stored`)
  if (created?.told !== created?.stored) found.broken.push(`I7 ${created?.told} changes tell of ${created?.stored} messages`)
}

/** I6: each table's rows belong to studios of this shard, and children to parents of the same studio. */
function checkHomes(found: Findings, database: DatabaseSync, shard: number, homes: Map<string, string | number | null | undefined>): void {
  const tables = rows(database, `select name from sqlite_master m where type = 'table' and exists (select 1 from pragma_table_info(m.name) where name = 'studio_id')`)
  for (const { name } of tables) {
    for (const row of rows(database, `select distinct studio_id from "${name}"`)) if (homes.get(String(row.studio_id)) !== shard) found.broken.push(`I6 ${name} on shard ${shard} holds rows of ${row.studio_id}`)
  }
  const orphans = rows(database, `select m.id from messages m where not exists (select 1 from conversations c where c.studio_id = m.studio_id and c.id = m.conversation_id)
    union all select c.id from conversations c where not exists (select 1 from contacts p where p.studio_id = c.studio_id and p.id = c.contact_id)`)
  for (const row of orphans) found.broken.push(`I6 ${row.id} has no parent in its studio`)
}

/** I2, I8: stored heads equal a recount, and a person is one contact with one conversation per account. */
function checkSums(found: Findings, database: DatabaseSync): void {
  const heads = rows(database, `select c.id, c.last_seq, c.last_inbound_seq, coalesce(max(m.seq), 0) as seq, coalesce(max(case when m.direction = 'inbound' and m.origin = 'live' then m.seq end), 0) as inbound
    from conversations c left join messages m on m.studio_id = c.studio_id and m.conversation_id = c.id group by c.studio_id, c.id`)
  for (const row of heads) if (row.last_seq !== row.seq || row.last_inbound_seq !== row.inbound) found.broken.push(`I8 head of ${row.id} says ${row.last_seq}/${row.last_inbound_seq}, its messages ${row.seq}/${row.inbound}`)
  for (const row of rows(database, 'select studio_id, phone, count(*) as n from contacts where phone is not null group by studio_id, phone having n > 1')) found.broken.push(`I2 ${row.phone} is ${row.n} contacts`)
  for (const row of rows(database, 'select studio_id, account_id, contact_id, count(*) as n from conversations group by 1, 2, 3 having n > 1')) found.broken.push(`I2 ${row.contact_id} has ${row.n} conversations`)
  const scores = rows(database, `select p.id, p.lead_score, (select s.score from lead_scores s where s.studio_id = p.studio_id and s.contact_id = p.id order by s.seen_seq desc, s.at desc, s.id desc limit 1) as score from contacts p`)
  for (const row of scores) if (row.score !== null && row.score !== row.lead_score) found.broken.push(`I8 contact ${row.id} shows score ${row.lead_score}, its newest scoring ${row.score}`)
}

function rows(database: DatabaseSync, text: string, ...values: (string | number)[]): Row[] {
  return database.prepare(text).all(...values) as Row[]
}

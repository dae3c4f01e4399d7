// The requirements of a problem as named elements, each of which can be dropped: what reasons and repairs are made of.
import type { TimetableClass, TimetableProblem } from '../../contract/timetabling.ts'

/**
 * Every element of a problem, as `kind:id`. `class` asks for the class at all, `needs` for its room features, `size` for a large
 * enough room, `pin` for its pin, `available`, `day_hours`, `week_hours` and `rest` for an instructor's limits,
 * `shared` and `link` for a required conflict set or link, `travel:all` for the time between sites.
 */
export function elementsOf(problem: TimetableProblem): string[] {
  const { classes, instructors } = problem
  return [
    ...classes.map(item => `class:${item.id}`),
    ...classes.filter(item => item.needs.length > 0).map(item => `needs:${item.id}`),
    ...(problem.weights.room_over === 'required' ? classes.filter(item => item.size > 0).map(item => `size:${item.id}`) : []),
    ...classes.filter(item => item.pinned !== null).map(item => `pin:${item.id}`),
    ...instructors.map(who => `available:${who.id}`),
    ...instructors.filter(who => who.max_minutes_day !== null).map(who => `day_hours:${who.id}`),
    ...instructors.filter(who => who.max_minutes_week !== null).map(who => `week_hours:${who.id}`),
    ...instructors.filter(who => who.min_rest_minutes !== null).map(who => `rest:${who.id}`),
    ...problem.shared.filter(set => set.weight === 'required').map(set => `shared:${set.id}`),
    ...problem.links.filter(link => link.weight === 'required').map(link => `link:${link.id}`),
    ...(problem.travel.length > 0 ? ['travel:all'] : []),
  ]
}

/** The problem without the named requirements; what is only a wish stays as it is. */
export function relax(problem: TimetableProblem, dropped: ReadonlySet<string>): TimetableProblem {
  const without = (kind: string, id: string): boolean => dropped.has(`${kind}:${id}`)
  return {
    ...problem,
    classes: problem.classes.filter(item => !without('class', item.id)).map(item => ({
      ...item,
      needs: without('needs', item.id) ? [] : item.needs,
      size: problem.weights.room_over === 'required' && without('size', item.id) ? 0 : item.size,
      pinned: without('pin', item.id) ? null : item.pinned,
    })),
    instructors: problem.instructors.map(who => ({
      ...who,
      available: without('available', who.id) ? problem.opening : who.available,
      max_minutes_day: without('day_hours', who.id) ? null : who.max_minutes_day,
      max_minutes_week: without('week_hours', who.id) ? null : who.max_minutes_week,
      min_rest_minutes: without('rest', who.id) ? null : who.min_rest_minutes,
    })),
    shared: problem.shared.filter(set => set.weight !== 'required' || !without('shared', set.id)),
    links: problem.links.filter(link => link.weight !== 'required' || !without('link', link.id)),
    travel: without('travel', 'all') ? [] : problem.travel,
  }
}

/** The sentence a person reads for an element. */
export function say(problem: TimetableProblem, element: string): string {
  const [kind, id] = [element.slice(0, element.indexOf(':')), element.slice(element.indexOf(':') + 1)]
  const item = problem.classes.find(candidate => candidate.id === id)
  const who = problem.instructors.find(candidate => candidate.id === id)
  switch (kind) {
    case 'class': return `${nameOf(item, id)} must be taught once a week${item ? `, by ${teachers(problem, item)}` : ''}.`
    case 'needs': return `${nameOf(item, id)} needs a room with ${item?.needs.join(' and ') ?? 'features'}.`
    case 'size': return `${nameOf(item, id)} needs a room for ${item?.size ?? 0} students.`
    case 'pin': return `${nameOf(item, id)} is pinned to its place.`
    case 'available': return `${who?.name ?? id} teaches only at the hours given.`
    case 'day_hours': return `${who?.name ?? id} teaches at most ${who?.max_minutes_day ?? 0} minutes a day.`
    case 'week_hours': return `${who?.name ?? id} teaches at most ${who?.max_minutes_week ?? 0} minutes a week.`
    case 'rest': return `${who?.name ?? id} rests at least ${who?.min_rest_minutes ?? 0} minutes overnight.`
    case 'shared': {
      const set = problem.shared.find(candidate => candidate.id === id)
      return `${names(problem, set?.classes ?? [])} share ${set?.families ?? 0} families and may not overlap.`
    }
    case 'link': {
      const link = problem.links.find(candidate => candidate.id === id)
      return link ? `${names(problem, [link.first, link.second])} are linked: ${link.kind.replaceAll('_', ' ')}.` : `Link ${id}.`
    }
    default: return 'Instructors need time to travel between sites.'
  }
}

export function names(problem: TimetableProblem, ids: readonly string[]): string {
  const list = ids.map(id => nameOf(problem.classes.find(item => item.id === id), id))
  return list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`
}

function nameOf(item: TimetableClass | undefined, id: string): string {
  return item?.name ?? id
}

function teachers(problem: TimetableProblem, item: TimetableClass): string {
  return item.instructors.map(id => problem.instructors.find(who => who.id === id)?.name ?? id).join(' or ')
}

// What a timetabling problem and its answers look like on the wire. Times are minutes after midnight, days 0 (Monday) to 6.
import { z } from 'zod'

const id = z.string().min(1).max(80)
const day = z.number().int().min(0).max(6)
const minute = z.number().int().min(0).max(1440)
/** 'required' must hold; a number is the price of each time it does not (0: ignored). */
export const weightSchema = z.union([z.literal('required'), z.number().int().min(0).max(1000)])
const price = z.number().int().min(0).max(1000)

/** A stretch of one weekday, from `from` until `to`. */
export const windowSchema = z.strictObject({ day, from: minute, to: minute }).refine(w => w.from < w.to, { error: 'a window ends after it begins', path: ['to'] })

export const placementSchema = z.strictObject({ class_id: id, day, start: minute, room_id: id, instructor_id: id })

export const timetableRoomSchema = z.strictObject({
  id, name: z.string(), features: z.array(z.string()), capacity: z.number().int().min(0), site: z.string(),
})

export const timetableInstructorSchema = z.strictObject({
  id, name: z.string(),
  available: z.array(windowSchema),
  max_minutes_day: z.number().int().min(0).nullable(),
  max_minutes_week: z.number().int().min(0).nullable(),
  /** Least time between the end of one day's last class and the next day's first. */
  min_rest_minutes: z.number().int().min(0).nullable(),
})

export const timetableClassSchema = z.strictObject({
  id, name: z.string(), style: z.string(), level: z.number().int(), age_from: z.number().int().min(0),
  minutes: z.number().int().min(5).max(720),
  /** Students expected, and families that a change of the published slot would touch. */
  size: z.number().int().min(0), families: z.number().int().min(0),
  needs: z.array(z.string()),
  /** Who may teach it; one name means it is fixed. */
  instructors: z.array(id),
  pinned: z.strictObject({ day, start: minute, room_id: id.nullable(), instructor_id: id.nullable() }).nullable(),
  published: z.strictObject({ day, start: minute, room_id: id, instructor_id: id }).nullable(),
  /** Price of starting inside a window; windows add up. */
  preferences: z.array(z.strictObject({ day, from: minute, to: minute, cost: price })),
})

/** Classes that share dancers or households: they should not overlap. Soft: weight × families per overlapping pair. */
export const sharedSchema = z.strictObject({ id, classes: z.array(id), families: z.number().int().min(1), weight: weightSchema })

export const linkKinds = ['same_time', 'different_time', 'before', 'back_to_back', 'same_room', 'same_instructor', 'same_day', 'different_day'] as const
/** `before`: first ends no later than second starts, in the order of the week. `back_to_back`: same day, no time between, either order. */
export const linkSchema = z.strictObject({ id, kind: z.enum(linkKinds), first: id, second: id, weight: weightSchema })

export const timetableWeightsSchema = z.strictObject({
  /** Per student above a room's capacity. */
  room_over: weightSchema,
  /** Per full eight empty places. */
  room_spare: price,
  /** Per day an instructor works; per slot idle between two classes of a day; per further room in a day. */
  instructor_day: price, instructor_gap: price, room_change: price,
  /** Per full hour after opening, doubled for children of 5 and younger, for classes from age 8 down. */
  youngest_early: price,
  /** Per slot taught above the even share. */
  fair_load: price,
  /** Per family, when a published class changes its time, room or instructor. */
  change_time: price, change_room: price, change_instructor: price,
})

export const timetableProblemSchema = z.strictObject({
  slot_minutes: z.union([z.literal(15), z.literal(30)]),
  opening: z.array(windowSchema).max(28),
  rooms: z.array(timetableRoomSchema).max(60),
  instructors: z.array(timetableInstructorSchema).max(120),
  classes: z.array(timetableClassSchema).max(400),
  shared: z.array(sharedSchema).max(2000),
  links: z.array(linkSchema).max(1000),
  /** Minutes between two sites, either way; an instructor needs them between classes. */
  travel: z.array(z.strictObject({ from: z.string(), to: z.string(), minutes: z.number().int().min(0).max(600) })),
  /** How the levels of a style should lie: neighbours in level on different days, or directly after one another. */
  styles: z.array(z.strictObject({ style: z.string(), levels: z.enum(['spread', 'back_to_back']), weight: price })),
  weights: timetableWeightsSchema,
})

/** One line of a cost: what is paid for, how much, by which classes, and the sentence that says so. */
export const costLineSchema = z.strictObject({ term: z.string(), cost: z.number(), classes: z.array(id), sentence: z.string() })

/** One requirement that stands in the way; `element` names it (`kind:id`), so that it can be dropped in a what-if. */
export const reasonSchema = z.strictObject({ element: z.string(), sentence: z.string() })

/** A way out: the requirements given up, and what it does to the published timetable. */
export const repairSchema = z.strictObject({
  drop: z.array(z.string()), sentence: z.string(), changes: z.number().int(), families: z.number().int(), cost: z.number(), placements: z.array(placementSchema),
})

export const timetableStatusSchema = z.enum(['optimal', 'feasible', 'infeasible', 'unknown'])

export type Weight = z.infer<typeof weightSchema>
export type TimetableWindow = z.infer<typeof windowSchema>
export type TimetablePlacement = z.infer<typeof placementSchema>
export type TimetableRoom = z.infer<typeof timetableRoomSchema>
export type TimetableInstructor = z.infer<typeof timetableInstructorSchema>
export type TimetableClass = z.infer<typeof timetableClassSchema>
export type TimetableProblem = z.infer<typeof timetableProblemSchema>
export type LinkKind = (typeof linkKinds)[number]
export type CostLine = z.infer<typeof costLineSchema>
export type Reason = z.infer<typeof reasonSchema>
export type Repair = z.infer<typeof repairSchema>
export type TimetableStatus = z.infer<typeof timetableStatusSchema>

// Signing up, logging in, sessions, invitations and members.
import { z } from 'zod'
import { email, id, line, locale, nullableTime, password, slug, time, timezone } from './common.ts'
import { roles } from './policy.ts'

export const role = z.enum(roles)

export const registerBody = z.strictObject({
  studio_name: line(80),
  name: line(80),
  email,
  password,
  slug: slug.optional(),
  timezone: timezone.optional(),
  locale: locale.optional(),
  client: z.enum(['web', 'api']).optional(),
})

export const loginBody = z.strictObject({
  email,
  password: z.string().min(1).max(1000),
  studio_id: id.optional(),
  client: z.enum(['web', 'api']).optional(),
})

export const refreshBody = z.strictObject({ refresh_token: z.string().min(1).max(200).optional() })
export const switchBody = z.strictObject({ studio_id: id })
export const passwordBody = z.strictObject({ current_password: z.string().min(1).max(1000), new_password: password })
export const forgotBody = z.strictObject({ email })
export const resetBody = z.strictObject({ token: z.string().trim().min(1).max(200), password })
export const verifyBody = z.strictObject({ token: z.string().trim().min(1).max(200) })
export const profileBody = z.strictObject({ name: line(80).optional() })

export const user = z.object({ id, name: z.string(), email: z.string(), email_verified: z.boolean(), role, member_id: id })
export const studioBrief = z.object({ id, name: z.string(), slug: z.string(), timezone: z.string(), locale: z.string(), setup_done: z.boolean() })
export const entered = z.object({
  user,
  studio: studioBrief,
  access_token: z.string(),
  expires_in: z.number().int(),
  /** Only for clients that logged in with "client":"api". */
  refresh_token: z.string().optional(),
})
export const me = z.object({ user, studio: studioBrief, studios: z.array(z.object({ id, name: z.string(), slug: z.string(), role })), session_id: id })

export const session = z.object({ id, user_agent: z.string(), created_at: time, seen_at: time, expires_at: time, current: z.boolean() })
export const member = z.object({ id, user_id: id, name: z.string(), email: z.string(), role, created_at: time })
export const memberPatch = z.strictObject({ role })
export const invitationBody = z.strictObject({ email: email.optional(), role: role.exclude(['owner']) })
export const invitation = z.object({ id, email: z.string().nullable(), role, created_at: time, expires_at: time, invited_by: z.string(), /** Only in the answer that made it. */ url: z.string().optional() })
export const invitationSeen = z.object({ studio_name: z.string(), role, email: z.string().nullable(), has_login: z.boolean() })
export const acceptBody = z.strictObject({ token: z.string().trim().min(1).max(200), name: line(80).optional(), email: email.optional(), password: z.string().min(1).max(1000), client: z.enum(['web', 'api']).optional() })

const minutes = z.number().int().min(0).max(1440)
/** Per weekday (0 Monday … 6 Sunday) the open spans in minutes of the local day. */
export const openingHours = z.array(z.strictObject({ day: z.number().int().min(0).max(6), from: minutes, to: minutes })).max(21)
export const studio = studioBrief.extend({ opening_hours: openingHours, settings: z.record(z.string(), z.unknown()), created_at: nullableTime, epoch: z.string() })
export const studioPatch = z.strictObject({
  name: line(80).optional(),
  slug: slug.optional(),
  timezone: timezone.optional(),
  locale: locale.optional(),
  opening_hours: openingHours.optional(),
  setup_done: z.boolean().optional(),
})

export type Entered = z.infer<typeof entered>
export type Me = z.infer<typeof me>
export type User = z.infer<typeof user>
export type Session = z.infer<typeof session>
export type Member = z.infer<typeof member>
export type Invitation = z.infer<typeof invitation>
export type InvitationSeen = z.infer<typeof invitationSeen>
export type Studio = z.infer<typeof studio>

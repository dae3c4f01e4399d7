// Finds the ids that a schema asks for, so that no route can take one that no test sends a stranger's.
import { ZodArray, ZodDefault, ZodDiscriminatedUnion, ZodNullable, ZodObject, ZodOptional, ZodPipe, ZodUnion } from 'zod'
import type { ZodType } from 'zod'
import { id } from '../../src/contract/common.ts'

/** Paths of ids: "reply_to", "labels[]", "contact_id". Ids are known by being the contract's `id`, or by their name. */
export function idPaths(schema: ZodType | undefined, at = ''): string[] {
  if (schema === undefined) return []
  if (schema === (id as ZodType) || (!(schema instanceof ZodObject) && /(^|[._])ids?$/.test(at) && at !== 'id')) return [at]
  if (schema instanceof ZodOptional || schema instanceof ZodNullable || schema instanceof ZodDefault) return idPaths(schema.unwrap() as ZodType, at)
  if (schema instanceof ZodPipe) return idPaths(schema.in as ZodType, at)
  if (schema instanceof ZodArray) return idPaths(schema.element as ZodType, `${at}[]`)
  if (schema instanceof ZodObject) return Object.entries(schema.shape).flatMap(([key, field]) => idPaths(field as ZodType, at === '' ? key : `${at}.${key}`))
  if (schema instanceof ZodUnion || schema instanceof ZodDiscriminatedUnion) return [...new Set((schema.options as ZodType[]).flatMap(option => idPaths(option, at)))]
  return []
}

/** The value at such a path, undefined where there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, part) => {
    const field = (found as Record<string, unknown> | undefined)?.[part.replace('[]', '')]
    return part.endsWith('[]') ? (field as unknown[] | undefined)?.[0] : field
  }, value)
}

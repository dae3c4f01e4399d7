// Turns what a schema says about input into a Problem that names one field.
import type { ZodType, z } from 'zod'
import { invalid } from '../platform/problem.ts'

/** Throws VALIDATION_ERROR with details.field: the path of the first issue, an unknown key by its name. */
export function validate<S extends ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  if (issue === undefined) throw invalid('', 'The input is not valid.')
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') throw invalid([...path, issue.keys[0] ?? ''].join('.'), 'This field is not known here.')
  throw invalid(path.join('.'), issue.message)
}

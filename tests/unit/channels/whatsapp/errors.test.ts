// Every code WhatsApp documents has a verdict, and every verdict a next step.
import { expect, it } from 'vitest'
import { errorOf } from '../../../../src/channels/whatsapp/errors.ts'

const verdicts = {
  stop: [0, 190, 3, 10, 200, 299, 131005, 131048, 131064, 368, 131031, 130497, 131042, 131044, 131037, 131045, 133010],
  retry: [4, 80007, 130429, 131056, 131000, 131016, 1, 2, 131052, 131053],
  wait: [131049, 130472, 133016, 131057, 132069],
  template_needed: [131047],
  reject: [131050, 131026, 131051, 131021, 131030, 131008, 131009, 131062, 131063, 137000, 132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068, 139000, 139001, 135000, 100, 300, 999999],
} as const

it.each(Object.entries(verdicts).flatMap(([verdict, codes]) => codes.map(code => [code, verdict] as const)))('%i → %s', (code, verdict) => {
  const error = errorOf({ code, title: 'T' })
  expect(error).toMatchObject({ code: String(code), verdict, reason: 'T' })
  expect(error.next).toMatch(/^[A-Z].*\.$/)
  if (verdict === 'retry' || verdict === 'wait') expect(error.retryAfterMs).toBeGreaterThanOrEqual(1000)
})
it('marketing limits wait a day at least, whatever the try', () => {
  expect(errorOf({ code: 131049 }, { attempt: 7 }).retryAfterMs).toBe(86_400_000)
})
it('a Retry-After longer than ours counts, for what is retried', () => {
  expect(errorOf({ code: 130429 }, { retryAfterMs: 90_000 }).retryAfterMs).toBe(90_000)
  expect(errorOf({ code: 131047 }, { retryAfterMs: 90_000 }).retryAfterMs).toBeUndefined()
})
it.each([null, undefined, 7, 'x', [], {}, { code: null }, { code: 'abc', message: {} }, { error_data: null }])('nonsense is a refusal: %j', given => {
  expect(errorOf(given)).toMatchObject({ code: 'unknown', verdict: 'reject', reason: 'WhatsApp gave no reason.' })
})
it('a reason is cut to 500 characters', () => {
  expect(errorOf({ code: 1, message: 'x'.repeat(5000) }).reason).toHaveLength(500)
})

// Why a provider gave no usable answer, in words the product branches on.

export type FailureReason =
  /** The account may spend no more: asking again changes nothing. */
  | 'spend_limit'
  | 'rate_limited' | 'unauthorized' | 'unknown_model' | 'overloaded' | 'timeout' | 'unreachable' | 'bad_request'
  /** The model answered, but not with an answer. */
  | 'refused' | 'empty' | 'cut' | 'invalid'

export class ProviderFailure extends Error {
  readonly reason: FailureReason
  constructor(reason: FailureReason, message: string = reason) {
    super(message)
    this.reason = reason
  }

  /** The model itself answered and the answer is no good: another provider is not asked in its place. */
  get isAnswer(): boolean {
    return ['refused', 'empty', 'cut', 'invalid'].includes(this.reason)
  }
}

/** Sentences for the settings page. */
export const failureText: Record<FailureReason, string> = {
  spend_limit: 'The account at this provider has reached its spending limit.',
  rate_limited: 'The provider asks for a pause.',
  unauthorized: 'The provider does not accept this key.',
  unknown_model: 'The provider does not know this model any more.',
  overloaded: 'The provider is overloaded.',
  timeout: 'The provider did not answer in time.',
  unreachable: 'The provider cannot be reached.',
  bad_request: 'The provider refused the request.',
  refused: 'The model refused to answer.',
  empty: 'The model answered nothing.',
  cut: 'The answer of the model was cut off.',
  invalid: 'The answer of the model could not be read.',
}

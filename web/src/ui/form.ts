// The state of a form: values, what was changed, errors by field, and one save at a time.
import { createSignal } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'

export interface Form<T extends object> {
  readonly values: T
  set: <K extends keyof T & string>(name: K, value: T[K]) => void
  /** The sentence for one field; its path may be longer on the wire ("credentials.access_token"). */
  error: (name: string) => string | undefined
  /** What went wrong and belongs to no field. */
  failure: () => string | null
  /** The thrown error itself, for callers that look at its details. */
  thrown: () => unknown
  busy: () => boolean
  dirty: () => boolean
  /** New ground: these values are saved. */
  reset: (values: T) => void
  setErrors: (errors: Record<string, string>) => void
  onSubmit: (event: SubmitEvent) => void
  submit: (form?: HTMLFormElement) => Promise<boolean>
}

/** `save` throws to report; errors with a `field` (or `fields`) go to their field, all others to `failure`. `check` may refuse before. */
export function createForm<T extends object>(initial: T, save: (values: T) => Promise<unknown>, check?: (values: T) => Record<string, string>): Form<T> {
  const [values, setValues] = createStore<T>(copyOf(initial))
  const [ground, setGround] = createSignal(JSON.stringify(initial))
  const [errors, setErrors] = createSignal<Record<string, string>>({})
  const [failure, setFailure] = createSignal<string | null>(null)
  const [thrown, setThrown] = createSignal<unknown>(null)
  const [busy, setBusy] = createSignal(false)
  let resets = 0

  const report = (error: unknown) => {
    setThrown(error)
    const sentence = error instanceof Error ? error.message : String(error)
    const field = fieldOf(error)
    if (field === null) setFailure(sentence)
    else setErrors({ [field]: sentence })
  }
  const submit = async (form?: HTMLFormElement) => {
    if (busy()) return false
    setFailure(null)
    setThrown(null)
    setErrors(check?.(values) ?? {})
    if (Object.keys(errors()).length === 0) {
      setBusy(true)
      const sent = JSON.stringify(values)
      const before = resets
      try {
        await save(copyOf(values))
        if (resets === before) setGround(sent) // a save that reset the form has laid new ground itself
        return true
      } catch (error) {
        report(error)
      } finally {
        setBusy(false)
      }
    }
    queueMicrotask(() => form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
    return false
  }
  return {
    values,
    set: (name, value) => {
      setValues(before => ({ ...before, [name]: value }))
      if (errors()[name]) setErrors(({ [name]: _gone, ...rest }) => rest)
    },
    error: name => errors()[name] ?? Object.entries(errors()).find(([path]) => path.endsWith(`.${name}`))?.[1],
    failure, thrown, busy,
    dirty: () => JSON.stringify(values) !== ground(),
    reset: next => { resets++; setValues(reconcile(copyOf(next))); setGround(JSON.stringify(next)); setErrors({}); setFailure(null) },
    setErrors,
    onSubmit: event => { event.preventDefault(); void submit(event.currentTarget as HTMLFormElement) },
    submit,
  }
}

function fieldOf(error: unknown): string | null {
  const field = typeof error === 'object' && error !== null ? (error as { field?: unknown }).field : null
  return typeof field === 'string' && field !== '' ? field : null
}

/** A plain copy without Solid's proxies, which structuredClone refuses; form values are JSON anyway. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

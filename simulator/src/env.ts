// The bindings and variables the simulator is started with.

export interface Env {
  WORLD: DurableObjectNamespace
  /** The product's Worker, when both are hosted in one process. */
  PRODUCT?: Fetcher
  /** Where the product is reached from outside, e.g. `http://127.0.0.1:8787`. */
  PRODUCT_ORIGIN?: string
  META_APP_SECRET?: string
  META_VERIFY_TOKEN?: string
}

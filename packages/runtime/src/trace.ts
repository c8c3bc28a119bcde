import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'

/** One call's place in a trace (W3C Trace Context). It travels through both doors and on every event. */
export interface Trace {
  readonly traceId: string
  readonly spanId: string
}

const storage = new AsyncLocalStorage<Trace>()

/** Continues the trace of a `traceparent` header, or starts one where it is absent or malformed. */
export function continueTrace(header: string | null | undefined): Trace {
  const fresh = randomHex()
  const traceId = header ? /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(header)?.[1] : undefined
  return { traceId: traceId ?? fresh, spanId: fresh.slice(16) }
}

/** 32 digits. Node draws the random bytes of UUIDs in advance, which makes them many times cheaper than its own bytes. */
function randomHex(): string {
  return randomUUID().replaceAll('-', '')
}

export function runInTrace<T>(trace: Trace, work: () => T): T {
  return storage.run(trace, work)
}

export function currentTrace(): Trace | undefined {
  return storage.getStore()
}

export function traceparent(trace: Trace | undefined = currentTrace()): string | null {
  return trace ? `00-${trace.traceId}-${trace.spanId}-01` : null
}

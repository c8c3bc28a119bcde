import { tracked } from '@trpc/server'
import type { TrackedEnvelope } from '@trpc/server'
import type { Stream } from './stream-events.ts'

/** A stream as tRPC's own adapter takes it: by pulling one event after the other. */
export function pullEvents(
  stream: Stream,
  gone: AbortSignal | undefined,
): AsyncIterable<TrackedEnvelope<unknown>> {
  const { readable, writable } = new TransformStream<TrackedEnvelope<unknown>>()
  const writer = writable.getWriter()
  stream({
    take: async (events) => {
      for (const { id, shared } of events) await writer.write(tracked(id, shared.checked))
    },
    onGone: (then) => gone?.addEventListener('abort', then),
  })
    .then(
      () => writer.close(),
      (err) => writer.abort(err),
    )
    // Whoever pulled has left.
    .catch(() => {})
  return readable
}

import type { EventEnvelope } from '@candor/contracts/event'
import { pause } from '@candor/runtime/pause'
import { applyEvents, findHandled } from './apply-events.ts'
import { handleEvent } from './handle-event.ts'
import type { HandlingOptions } from './handle-event.ts'
import { findListener } from './listener.ts'
import { findHeld } from './parked.ts'

/**
 * Handles the events of one message, all together if they let themselves. If one fails its half of the streams is
 * tried again, down to the stream that it holds back; the others do not wait for it. Ends when all are handled, or
 * early when the process stops.
 */
export async function handleEvents(
  options: HandlingOptions,
  envelopes: readonly EventEnvelope[],
  signal: AbortSignal,
): Promise<void> {
  const streams = Map.groupBy(envelopes, ({ streamKey }) => streamKey)
  await handleStreams(options, [...streams.values()], signal, lanes)
}

/** How many parts of a message go side by side once it had to be taken apart. */
const lanes = 4

async function handleStreams(
  options: HandlingOptions,
  streams: readonly EventEnvelope[][],
  signal: AbortSignal,
  lanesLeft: number,
): Promise<void> {
  const isAlone = streams.length === 1 && streams[0]!.length === 1
  const left = isAlone ? streams : await handleTogether(options, streams, signal)
  if (left.length === 0 || signal.aborted) return
  if (left.length === 1) return handleInTurn(options, left[0]!, signal)
  const half = Math.ceil(left.length / 2)
  const handleHalf = (part: readonly EventEnvelope[][]) => handleStreams(options, part, signal, lanesLeft / 2)
  const second = () => handleHalf(left.slice(half))
  const first = handleHalf(left.slice(0, half))
  await (lanesLeft > 1 ? Promise.all([first, second()]) : first.then(second))
}

/** What was asked of another service is held in memory and may be much. */
const preparedAtOnce = 16

/** Answers the streams that are still to be handled: those behind a parked event, or all when one of them failed. */
async function handleTogether(
  options: HandlingOptions,
  streams: readonly EventEnvelope[][],
  signal: AbortSignal,
): Promise<readonly EventEnvelope[][]> {
  const [first] = streams[0]!
  const listener = findListener(options.listeners, first!.type)
  if (!listener) return []
  try {
    const handled = await findHandled(options.db, streams.flat())
    const fresh = streams.map((stream) => stream.filter(({ id }) => !handled.has(id)))
    const held = await findHeld(
      options.db,
      streams.map(([event]) => event!.streamKey),
    )
    const isFree = (stream: EventEnvelope[]) => stream.length > 0 && !held.has(stream[0]!.streamKey)
    const free = fresh.filter(isFree).flat()
    const atOnce = listener.prepare ? preparedAtOnce : free.length
    for (let from = 0; from < free.length && !signal.aborted; from += atOnce)
      await applyEvents(options, listener, free.slice(from, from + atOnce))
    return fresh.filter((stream) => stream.length > 0 && !isFree(stream))
  } catch {
    return streams
  }
}

/** Trouble that may pass is waited out in place. */
async function handleInTurn(
  options: HandlingOptions,
  stream: readonly EventEnvelope[],
  signal: AbortSignal,
): Promise<void> {
  for (const envelope of stream) {
    for (let attempt = 1; !signal.aborted; attempt++) {
      if ((await handleEvent(options, envelope, attempt)) === 'done') break
      await pause(Math.min(10 * 2 ** attempt, 5_000), signal)
    }
  }
}

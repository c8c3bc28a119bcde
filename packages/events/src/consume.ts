import type { ServiceName } from '@candor/contracts/callers'
import { EventEnvelope } from '@candor/contracts/event'
import { eventConsumer, eventStream } from '@candor/contracts/subjects'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { pause } from '@candor/runtime/pause'
import { jetstream } from '@nats-io/jetstream'
import type { ConsumerMessages, JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { HandlingOptions } from './handle-event.ts'
import { handleEvents } from './handle-events.ts'
import { observeConsumers } from './observe-consumers.ts'

/**
 * Receives the events a service listens to: one durable consumer a source, one message at a time, so that order holds.
 * A message is acknowledged after the effects of its events are committed. Trouble that may pass (a database or service
 * away) is waited out in place; an event that fails for its own sake is parked and the next one goes on.
 */
export function startConsumers(lifecycle: Lifecycle, options: ConsumerOptions): void {
  const sources = [...new Set(options.listeners.map((listener) => listener.event.source))]
  const dropped = options.metrics.counter(
    'events_dropped_total',
    'Messages that this version cannot read, and that are gone',
    ['consumer'],
  )
  const observed = {
    ...options,
    ...observeConsumers(sources, options),
    onDropped: (consumer: string) => dropped.inc({ consumer }),
  }
  for (const source of sources) startConsumer(lifecycle, source, observed)
}

export interface ConsumerOptions extends HandlingOptions {
  nats: NatsConnection
}

function startConsumer(lifecycle: Lifecycle, source: ServiceName, options: Observed): void {
  let messages: ConsumerMessages | undefined
  const name = eventConsumer(options.service, source)

  async function loop() {
    while (!lifecycle.signal.aborted) {
      try {
        const consumer = await jetstream(options.nats).consumers.get(eventStream, name)
        messages = await consumer.consume({ max_messages: 50, idle_heartbeat: 5_000, expires: 15_000 })
        if (lifecycle.signal.aborted) break
        for await (const message of messages) await handleMessage(lifecycle.signal, message, options)
      } catch (err) {
        if (!lifecycle.signal.aborted) options.log.warn({ err, consumer: name }, 'consumer is waiting')
      } finally {
        // One left open would go on taking messages that nobody reads.
        await messages?.close()
      }
      if (!lifecycle.signal.aborted) await pause(500, lifecycle.signal)
    }
  }

  const finished = loop()
  lifecycle.onStop(`consumer ${name}`, async () => {
    await messages?.close()
    await finished
  })
}

interface Observed extends ConsumerOptions {
  onDropped(consumer: string): void
}

async function handleMessage(signal: AbortSignal, message: JsMsg, options: Observed): Promise<void> {
  const envelopes = readEnvelopes(message)
  if (!envelopes) {
    // Nothing could ever handle it, and nothing in it can be trusted to park it under.
    options.log.error({ consumer: message.info.consumer }, 'a message that cannot be read was dropped')
    options.onDropped(message.info.consumer)
    return message.term()
  }
  const stillWorking = setInterval(() => message.working(), 1_500)
  try {
    await handleEvents(options, envelopes, signal)
    if (signal.aborted) message.nak()
    else message.ack()
  } finally {
    clearInterval(stillWorking)
  }
}

/** One event, or some of one type in a list. */
function readEnvelopes(message: JsMsg): EventEnvelope[] | undefined {
  try {
    const envelopes = [message.json<unknown>()].flat().map((each) => EventEnvelope.parse(each))
    const isOfSubject = envelopes.every(({ type }) => message.subject === `events.${type}`)
    return isOfSubject && envelopes.length > 0 ? envelopes : undefined
  } catch {
    return undefined
  }
}

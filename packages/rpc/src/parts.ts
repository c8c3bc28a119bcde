import { headers as natsHeaders } from '@nats-io/transport-node'
import type { Msg, NatsConnection } from '@nats-io/transport-node'

/**
 * An answer larger than the broker's limit for one message travels as several: each says its place and their number.
 * Bounded, since both ends hold the whole in memory.
 */
export const answerBytesMax = 32 * 1024 * 1024

/** Room for the headers within the broker's limit. */
const headerBytes = 4_096

/** Sends `answer` to whoever asked. The caller has made sure that it is no larger than `answerBytesMax`. */
export function respondInParts(nats: NatsConnection, message: Msg, answer: Uint8Array): void {
  const partBytes = (nats.info?.max_payload ?? 1_048_576) - headerBytes
  const count = Math.max(1, Math.ceil(answer.length / partBytes))
  if (count === 1) return void message.respond(answer)
  for (let place = 0; place < count; place++) {
    const headers = natsHeaders()
    headers.set('part', `${place}/${count}`)
    message.respond(answer.subarray(place * partBytes, (place + 1) * partBytes), { headers })
  }
}

/** Collects the parts of one answer; answers the whole once the last has come. */
export function collectParts(): (message: Msg) => Uint8Array | undefined {
  const parts = new Map<number, Uint8Array>()
  return (message) => {
    const mark = /^(\d+)\/(\d+)$/.exec(message.headers?.get('part') ?? '')
    if (!mark) return message.data
    parts.set(Number(mark[1]), message.data)
    if (parts.size < Number(mark[2])) return undefined
    return Buffer.concat([...parts.keys()].toSorted((a, b) => a - b).map((place) => parts.get(place)!))
  }
}

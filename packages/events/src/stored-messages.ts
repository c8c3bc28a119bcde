import { jetstreamManager } from '@nats-io/jetstream'
import type { MsgRequest, StoredMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'

/**
 * Which stream it is and how far it has come. One that was lost and made anew is another, and so is one that was brought
 * back from a copy: the server gives that the old time of creation, the restore a description of its own.
 */
export async function readStreamState(nats: NatsConnection, stream: string): Promise<StreamState> {
  const manager = await jetstreamManager(nats, { checkAPI: false, timeout: timeoutMs })
  const { created, config, state } = await manager.streams.info(stream)
  return { created: [created, config.description].filter(Boolean).join(' '), lastSeq: state.last_seq }
}

export interface StreamState {
  readonly created: string
  readonly lastSeq: number
}

/** What a stream holds on a subject from a place on, in the order in which it was put. */
export async function* readStored(
  nats: NatsConnection,
  stream: string,
  subject: string,
  fromSeq: number,
): AsyncGenerator<StoredText> {
  for (let seq = Math.max(1, fromSeq); ;) {
    const message = await readMessage(nats, stream, { seq, next_by_subj: subject })
    if (!message) return
    yield { seq: message.seq, text: message.string() }
    seq = message.seq + 1
  }
}

export interface StoredText {
  readonly seq: number
  readonly text: string
}

export async function readMessage(
  nats: NatsConnection,
  stream: string,
  which: { last_by_subj: string } | { seq: number; next_by_subj: string },
): Promise<StoredMsg | undefined> {
  const manager = await jetstreamManager(nats, { checkAPI: false, timeout: timeoutMs })
  // The client's type leaves out the search from a place on, which every server understands.
  return (await manager.streams.getMessage(stream, which as MsgRequest)) ?? undefined
}

export const timeoutMs = 2_000

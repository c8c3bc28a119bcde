import type { Conversation, LiveEvent, Markers } from '@candor/contracts/chat/schemas'
import type { Call } from '@candor/rpc/call'
import type { StreamEvent } from '@candor/rpc/stream-events'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { ownVisitor } from '../domain/deps.ts'
import type { Deps, Staff, Visitor } from '../domain/deps.ts'
import { getConversation } from '../store/conversations.ts'
import { listMessages } from '../store/messages.ts'
import type { LiveNote } from './bus.ts'
import { createQueue } from './queue.ts'

/**
 * One conversation as it happens. It listens first and reads the backlog second, so nothing falls between; a number
 * that does not follow on, and a quiet spell, make it read PostgreSQL again. A client that resumes gets everything
 * after the last message it saw, in order and once, or an explicit reset.
 */
export async function* followConversation(
  deps: Deps,
  call: Call<Visitor | Staff>,
  input: { conversationId: string; lastEventId?: string | null },
): AsyncGenerator<StreamEvent<LiveEvent>> {
  const { caller, signal } = call
  const where = { tenantId: caller.tenantId, id: input.conversationId, visitorId: ownVisitor(caller) }
  const read = () => asTenant(deps.db, caller.tenantId, (trx) => getConversation(trx, where))
  const queue = createQueue<LiveNote>(queueSizeMax, signal)
  const unsubscribe = deps.live.subscribe(caller.tenantId, input.conversationId, queue.put)
  try {
    let conversation = await read()
    const asked = readPosition(input.lastEventId)
    let seq = asked === undefined || asked > conversation.lastSeq ? 0 : asked
    const frame = (data: LiveEvent) => ({ id: String(seq), data })

    if (asked !== undefined && asked > conversation.lastSeq)
      yield frame({ type: 'reset', reason: 'unknown-position' })
    yield frame({ type: 'conversation', conversation })
    yield frame(markersOf(conversation))

    async function* backlog(upTo: number): AsyncGenerator<StreamEvent<LiveEvent>> {
      while (seq < upTo) {
        const page = await asTenant(deps.db, caller.tenantId, (trx) =>
          listMessages(trx, {
            tenantId: caller.tenantId,
            conversationId: input.conversationId,
            afterSeq: seq,
            limit: 200,
          }),
        )
        if (page.length === 0) return
        for (const message of page) {
          seq = message.seq
          yield frame({ type: 'message', message })
        }
      }
    }
    yield* backlog(conversation.lastSeq)

    while (!signal.aborted) {
      const note = await queue.take(checkEveryMs)
      if (queue.overflowed()) throw new ServiceError('unavailable', 'this stream fell behind; connect again')
      if (!note) {
        const now = await read().catch(goneIfNotFound)
        if (!now) return yield frame({ type: 'gone', conversationId: input.conversationId })
        yield* backlog(now.lastSeq)
        yield* changes(conversation, now, frame)
        conversation = now
      } else if (note.kind === 'typing') {
        if (note.event.side !== caller.kind) yield frame(note.event)
      } else {
        if (note.kind === 'message' && note.message.seq === seq + 1) {
          seq = note.message.seq
          yield frame({ type: 'message', message: note.message })
        }
        yield* backlog(note.conversation.lastSeq)
        yield* changes(conversation, note.conversation, frame)
        conversation = note.conversation
      }
    }
  } finally {
    unsubscribe()
  }
}

const queueSizeMax = 1_000

/** How long a quiet stream goes without asking PostgreSQL whether it missed a note. */
const checkEveryMs = 5_000

function* changes(
  before: Conversation,
  after: Conversation,
  frame: (data: LiveEvent) => StreamEvent<LiveEvent>,
) {
  const state = ({ status, assignee, contact, closedAt }: Conversation) =>
    JSON.stringify([status, assignee, contact, closedAt])
  if (state(before) !== state(after)) yield frame({ type: 'conversation', conversation: after })
  if (JSON.stringify(before.markers) !== JSON.stringify(after.markers)) yield frame(markersOf(after))
}

function markersOf({ id, markers }: { id: string; markers: Markers }): LiveEvent {
  return { type: 'markers', conversationId: id, markers }
}

/** The position a client resumes from; what is no number is none. */
function readPosition(lastEventId: string | null | undefined): number | undefined {
  return lastEventId && /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : undefined
}

function goneIfNotFound(err: unknown): undefined {
  if (err instanceof ServiceError && err.reason === 'not-found') return undefined
  throw err
}

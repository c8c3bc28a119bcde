import type { LiveEvent } from '@candor/contracts/chat/schemas'
import type { Call } from '@candor/rpc/call'
import type { StreamEvent } from '@candor/rpc/stream-events'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { ownVisitor } from '../domain/deps.ts'
import type { Deps, Staff, Visitor } from '../domain/deps.ts'
import { getConversation } from '../store/conversations.ts'
import { listMessages } from '../store/messages.ts'
import { createQueue } from './queue.ts'
import { tellMessage, tellState } from './tell.ts'
import type { ToldNote, ToldState } from './tell.ts'

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
  const { caller } = call
  const signal = call.signal()
  const where = { tenantId: caller.tenantId, id: input.conversationId, visitorId: ownVisitor(caller) }
  const queue = createQueue<ToldNote>(queueSizeMax, signal)
  const unsubscribe = deps.live.subscribe(caller.tenantId, input.conversationId, queue.put)
  try {
    let state = tellState(await asTenant(deps.db, caller.tenantId, (trx) => getConversation(trx, where)))
    const asked = readPosition(input.lastEventId)
    let seq = asked === undefined || asked > state.lastSeq ? 0 : asked
    const frame = (data: LiveEvent) => ({ id: String(seq), data })

    if (asked !== undefined && asked > state.lastSeq)
      yield frame({ type: 'reset', reason: 'unknown-position' })
    yield frame(state.conversation)
    yield frame(state.markers)

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
          yield frame(tellMessage(message))
        }
      }
    }
    yield* backlog(state.lastSeq)

    while (!signal.aborted) {
      const note = await queue.take(checkEveryMs)
      if (queue.overflowed()) throw new ServiceError('unavailable', 'this stream fell behind; connect again')
      if (!note) {
        const found = await deps.glance(where)
        if (!found) return yield frame({ type: 'gone', conversationId: input.conversationId })
        const now = tellState(found)
        yield* backlog(now.lastSeq)
        yield* changes(state, now, frame)
        state = now
      } else if (note.kind === 'typing') {
        if (note.event.side !== caller.kind) yield frame(note.event)
      } else {
        if (note.kind === 'message' && note.message.message.seq === seq + 1) {
          seq = note.message.message.seq
          yield frame(note.message)
        }
        yield* backlog(note.state.lastSeq)
        yield* changes(state, note.state, frame)
        state = note.state
      }
    }
  } finally {
    unsubscribe()
  }
}

const queueSizeMax = 1_000

/** How long a quiet stream goes without asking PostgreSQL whether it missed a note. */
const checkEveryMs = 5_000

function* changes(before: ToldState, after: ToldState, frame: (data: LiveEvent) => StreamEvent<LiveEvent>) {
  if (before.conversationKey !== after.conversationKey) yield frame(after.conversation)
  if (before.markersKey !== after.markersKey) yield frame(after.markers)
}

/** The position a client resumes from; what is no number is none. */
function readPosition(lastEventId: string | null | undefined): number | undefined {
  return lastEventId && /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : undefined
}

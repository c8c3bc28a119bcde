import type { LiveEvent } from '@candor/contracts/chat/schemas'
import type { Call } from '@candor/rpc/call'
import { share } from '@candor/rpc/stream-events'
import type { Send, Shared } from '@candor/rpc/stream-events'
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
export async function followConversation(
  deps: Deps,
  call: Call<Visitor | Staff>,
  input: { conversationId: string; lastEventId?: string | null },
  send: Send<LiveEvent>,
): Promise<void> {
  const { caller } = call
  const { tenantId } = caller
  const { conversationId } = input
  const signal = call.signal()
  const where = { tenantId, id: conversationId, visitorId: ownVisitor(caller) }
  const queue = createQueue<ToldNote>({ sizeMax: queueSizeMax, quietMs: checkEveryMs, signal })
  const unsubscribe = deps.live.subscribe(tenantId, conversationId, queue.put)
  let seq = 0
  let told: Told
  const frame = (shared: Shared<LiveEvent>) => ({ id: String(seq), shared })

  async function sendBacklog(upTo: number): Promise<void> {
    while (seq < upTo) {
      const page = await asTenant(deps.db, tenantId, (trx) =>
        listMessages(trx, { tenantId, conversationId, afterSeq: seq, limit: 200 }),
      )
      if (page.length === 0) return
      const events = page.map((message) => {
        seq = message.seq
        return frame(tellMessage(message))
      })
      await send(events)
    }
  }

  function changes({ conversation, conversationKey, markers, markersKey }: ToldState) {
    const changed = []
    if (told.conversationKey !== conversationKey) changed.push(frame(conversation))
    if (told.markersKey !== markersKey) changed.push(frame(markers))
    if (changed.length > 0) told = { conversationKey, markersKey }
    return changed
  }

  async function start(): Promise<void> {
    const state = tellState(await asTenant(deps.db, tenantId, (trx) => getConversation(trx, where)))
    const { conversation, markers, conversationKey, markersKey, lastSeq } = state
    told = { conversationKey, markersKey }
    const asked = readPosition(input.lastEventId)
    const isUnknown = asked !== undefined && asked > lastSeq
    if (asked !== undefined && !isUnknown) seq = asked
    const reset = isUnknown ? [frame(share({ type: 'reset', reason: 'unknown-position' }))] : []
    await send([...reset, frame(conversation), frame(markers)])
    await sendBacklog(lastSeq)
  }

  async function look(): Promise<ToldState | undefined> {
    const found = await deps.glance(where)
    return found && tellState(found)
  }

  try {
    await start()
    await queue.each(async (note) => {
      if (note?.kind === 'typing') return note.side === caller.kind ? undefined : send([frame(note.event)])
      const state = note?.state ?? (await look())
      if (!state) {
        await send([frame(share({ type: 'gone', conversationId }))])
        return queue.close()
      }
      const isNext = note?.kind === 'message' && note.seq === seq + 1
      if (isNext) seq++
      const events = isNext ? [frame(note.message)] : []
      if (seq < state.lastSeq) {
        await send(events.splice(0))
        await sendBacklog(state.lastSeq)
      }
      await send([...events, ...changes(state)])
    })
  } finally {
    queue.close()
    unsubscribe()
  }
}

const queueSizeMax = 1_000

/** How long a quiet stream goes without asking PostgreSQL whether it missed a note. */
const checkEveryMs = 5_000

/** What was last told of a conversation beside its messages. */
type Told = Pick<ToldState, 'conversationKey' | 'markersKey'>

/** The position a client resumes from; what is no number is none. */
function readPosition(lastEventId: string | null | undefined): number | undefined {
  return lastEventId && /^\d{1,9}$/.test(lastEventId) ? Number(lastEventId) : undefined
}

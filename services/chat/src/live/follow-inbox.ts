import type { LiveEvent } from '@candor/contracts/chat/schemas'
import type { Call } from '@candor/rpc/call'
import { share } from '@candor/rpc/stream-events'
import type { Send, Shared } from '@candor/rpc/stream-events'
import { asTenant } from '@candor/runtime/tenancy'
import type { Deps, Staff } from '../domain/deps.ts'
import { listConversations } from '../store/conversations.ts'
import { createQueue } from './queue.ts'
import type { ToldNote } from './tell.ts'

/**
 * Every change of a tenant's conversations. It starts with a reset: what changed before it connected is for the
 * client to read. In quiet spells it looks for changes whose note was lost.
 */
export async function followInbox(deps: Deps, call: Call<Staff>, send: Send<LiveEvent>): Promise<void> {
  const { tenantId } = call.caller
  const signal = call.signal()
  const queue = createQueue<ToldNote>({ sizeMax: queueSizeMax, quietMs: checkEveryMs, signal })
  const unsubscribe = deps.live.subscribe(tenantId, null, queue.put)
  const frame = (shared: Shared<LiveEvent>) => ({ id: 'inbox', shared })
  try {
    let seenUntil = deps.clock.now().getTime()
    let lookedAt = new Map<string, string>()
    await send([frame(share({ type: 'reset', reason: 'connected' }))])
    await queue.each(async (note) => {
      if (note?.kind === 'typing') return
      if (note) return send([frame(note.state.conversation)])
      const found = await readChanges(deps, tenantId, new Date(seenUntil - lateMs))
      const changed = found.filter(({ id, updatedAt }) => lookedAt.get(id) !== updatedAt)
      await send(changed.map((conversation) => frame(share({ type: 'conversation', conversation }))))
      lookedAt = new Map(found.map(({ id, updatedAt }) => [id, updatedAt]))
      seenUntil = Math.max(seenUntil, ...found.map(({ updatedAt }) => Date.parse(updatedAt)))
    })
  } finally {
    queue.close()
    unsubscribe()
  }
}

const queueSizeMax = 5_000
const checkEveryMs = 5_000

/** By how much a change may be seen after a later one: it commits late, or its replica's clock is behind. */
const lateMs = 10_000

function readChanges(deps: Deps, tenantId: string, changedAfter: Date) {
  return asTenant(deps.db, tenantId, (trx) =>
    listConversations(trx, {
      tenantId,
      visitorId: null,
      status: undefined,
      assigneeId: undefined,
      before: undefined,
      changedAfter,
      limit: 200,
    }),
  )
}

import type { Markers } from '@candor/contracts/chat/schemas'
import { asTenant } from '@candor/runtime/tenancy'
import { moveMarkers } from '../store/conversation-changes.ts'
import { ownVisitor, sideOf } from './deps.ts'
import type { Deps, Staff, Visitor } from './deps.ts'

/** Moves the caller's side forward; what is read has also been delivered. */
export async function markRead(
  deps: Deps,
  caller: Visitor | Staff,
  input: { conversationId: string; seq: number; state: 'delivered' | 'read' },
): Promise<Markers> {
  const { tenantId } = caller
  const move = { tenantId, id: input.conversationId, visitorId: ownVisitor(caller), side: sideOf(caller) }
  const conversation = await asTenant(deps.db, tenantId, (trx) =>
    moveMarkers(trx, { ...move, seq: input.seq, read: input.state === 'read' }),
  )
  deps.live.publish(tenantId, input.conversationId, { kind: 'conversation', conversation })
  return conversation.markers
}

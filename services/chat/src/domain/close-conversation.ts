import type { Conversation } from '@candor/contracts/chat/schemas'
import { conversationClosed } from '@candor/contracts/chat/events'
import { appendEvent } from '@candor/events/outbox'
import { asTenant } from '@candor/runtime/tenancy'
import { setClosed } from '../store/conversation-changes.ts'
import { getConversation, lockConversation } from '../store/conversations.ts'
import { ownVisitor } from './deps.ts'
import type { Deps, Staff, Visitor } from './deps.ts'
import { appendMessage } from './post-message.ts'
import { knowStaffName } from './staff-names.ts'

/** Ends a conversation and announces it, once however often it is called. */
export async function closeConversation(
  deps: Deps,
  caller: Visitor | Staff,
  conversationId: string,
): Promise<Conversation> {
  if (caller.kind === 'staff') await knowStaffName(deps, caller)
  const { tenantId } = caller
  const where = { tenantId, id: conversationId, visitorId: ownVisitor(caller) }
  const { conversation, message } = await asTenant(deps.db, tenantId, async (trx) => {
    const before = await lockConversation(trx, where)
    if (before.status === 'closed') return { conversation: before, message: undefined }
    const entry = { conversationId, clientMessageId: deps.newId(), text: '', notice: 'closed' } as const
    const closing = await appendMessage(deps, trx, caller, entry)
    const visitorId = await setClosed(trx, { tenantId, id: conversationId, now: deps.clock.now() })
    await appendEvent(trx, deps.newId, conversationClosed, {
      tenantId,
      streamKey: conversationId,
      subjectId: visitorId,
      occurredAt: deps.clock.now(),
      payload: { conversationId },
    })
    return { conversation: await getConversation(trx, where), message: closing.message }
  })
  if (message) {
    deps.live.publish(tenantId, conversationId, { kind: 'message', message, conversation })
    deps.relay.wake()
  }
  return conversation
}

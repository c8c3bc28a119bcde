import type { Conversation } from '@candor/contracts/chat/schemas'
import { conversationClosed } from '@candor/contracts/chat/events'
import { appendEvent } from '@candor/events/outbox'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { setClosed } from '../store/conversation-changes.ts'
import { getConversation, lockConversation } from '../store/conversations.ts'
import type { Database } from '../store/tables.ts'
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
    await endConversation(deps, trx, { tenantId, conversationId, closedAt: deps.clock.now() })
    return { conversation: await getConversation(trx, where), message: closing.message }
  })
  if (message) {
    deps.live.publish(tenantId, conversationId, { kind: 'message', message, conversation })
    deps.relay.wake()
  }
  return conversation
}

/** Ends it as of `closedAt`, from which it is kept, and announces that. */
export async function endConversation(
  deps: Deps,
  trx: Transaction<Database>,
  { tenantId, conversationId, closedAt }: { tenantId: string; conversationId: string; closedAt: Date },
): Promise<void> {
  const visitorId = await setClosed(trx, { tenantId, id: conversationId, closedAt })
  await appendEvent(trx, deps.newId, conversationClosed, {
    tenantId,
    streamKey: conversationId,
    subjectId: visitorId,
    occurredAt: deps.clock.now(),
    payload: { conversationId },
  })
}

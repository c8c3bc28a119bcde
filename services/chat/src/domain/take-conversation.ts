import type { Conversation } from '@candor/contracts/chat/schemas'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { setAssignee } from '../store/conversation-changes.ts'
import { lockConversation } from '../store/conversations.ts'
import type { Deps, Staff } from './deps.ts'
import { appendMessage } from './post-message.ts'
import { knowStaffName } from './staff-names.ts'

/** Gives a conversation to the caller, unless a colleague has it. The row lock lets one of two at once win. */
export async function takeConversation(
  deps: Deps,
  caller: Staff,
  conversationId: string,
): Promise<Conversation> {
  await knowStaffName(deps, caller)
  const { tenantId, userId } = caller
  const taken = await asTenant(deps.db, tenantId, async (trx) => {
    const conversation = await lockConversation(trx, { tenantId, id: conversationId, visitorId: null })
    if (conversation.status === 'closed') throw new ServiceError('closed', 'this conversation is closed')
    if (conversation.assignee?.userId === userId) return undefined
    if (conversation.assignee) throw new ServiceError('conflict', 'a colleague has taken this conversation')
    await setAssignee(trx, { tenantId, id: conversationId, userId })
    return appendMessage(deps, trx, caller, {
      conversationId,
      clientMessageId: deps.newId(),
      text: '',
      notice: 'taken',
    })
  })
  if (!taken)
    return asTenant(deps.db, tenantId, (trx) =>
      lockConversation(trx, { tenantId, id: conversationId, visitorId: null }),
    )
  deps.live.publish(tenantId, conversationId, { kind: 'message', ...taken })
  deps.relay.wake()
  return taken.conversation
}

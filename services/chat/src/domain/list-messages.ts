import type { Message } from '@candor/contracts/chat/schemas'
import { asTenant } from '@candor/runtime/tenancy'
import { getConversation } from '../store/conversations.ts'
import * as store from '../store/messages.ts'
import { ownVisitor } from './deps.ts'
import type { Deps, Staff, Visitor } from './deps.ts'

/** Messages of a conversation the caller may see, in order. */
export function listMessages(
  deps: Deps,
  caller: Visitor | Staff,
  input: {
    conversationId: string
    afterSeq?: number | undefined
    beforeSeq?: number | undefined
    limit: number
  },
): Promise<{ messages: Message[]; lastSeq: number }> {
  const { tenantId } = caller
  return asTenant(deps.db, tenantId, async (trx) => {
    const where = { tenantId, id: input.conversationId, visitorId: ownVisitor(caller) }
    const { lastSeq } = await getConversation(trx, where)
    const messages = await store.listMessages(trx, { tenantId, ...input })
    // Each statement sees what has been stored by then, so the second may see more.
    return { messages, lastSeq: Math.max(lastSeq, messages.at(-1)?.seq ?? 0) }
  })
}

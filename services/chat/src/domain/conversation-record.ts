import type { ConversationRecord } from '@candor/contracts/chat/schemas'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant, seeRestricted } from '@candor/runtime/tenancy'
import { getConversation, getVisitorId } from '../store/conversations.ts'
import { listMessages } from '../store/messages.ts'
import type { Deps } from './deps.ts'

/** A whole conversation for the archive, or null where it is gone or its person is being erased. */
export async function getConversationRecord(
  deps: Deps,
  { tenantId, conversationId }: { tenantId: string; conversationId: string },
): Promise<ConversationRecord | null> {
  return asTenant(deps.db, tenantId, async (trx) => {
    await seeRestricted(trx)
    const conversation = await getConversation(trx, { tenantId, id: conversationId, visitorId: null })
    const { id, channel, status, contact, startedAt, closedAt, lastSeq } = conversation
    const visitorId = await getVisitorId(trx, { tenantId, id })
    const messages = await listMessages(trx, { tenantId, conversationId, afterSeq: 0, limit: lastSeq })
    return { conversationId: id, visitorId, channel, status, contact, startedAt, closedAt, messages }
  }).catch((err: unknown) => {
    if (err instanceof ServiceError && err.reason === 'not-found') return null
    throw err
  })
}

import type { EvidenceOfUse } from '@candor/contracts/chat/schemas'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { getConversation } from '../store/conversations.ts'
import type { Deps } from './deps.ts'

/** Who began a conversation, as they named themselves, or null where it is gone or its person is being erased. */
export async function getEvidenceOfUse(
  deps: Deps,
  { tenantId, conversationId }: { tenantId: string; conversationId: string },
): Promise<EvidenceOfUse | null> {
  return asTenant(deps.db, tenantId, async (trx) => {
    const { contact, startedAt } = await getConversation(trx, {
      tenantId,
      id: conversationId,
      visitorId: null,
    })
    return { name: contact.name, email: contact.email, startedAt }
  }).catch((err: unknown) => {
    if (err instanceof ServiceError && err.reason === 'not-found') return null
    throw err
  })
}

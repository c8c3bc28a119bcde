import { asTenant } from '@candor/runtime/tenancy'
import { getConversation } from '../store/conversations.ts'
import { ownVisitor, sideOf } from './deps.ts'
import type { Deps, Staff, Visitor } from './deps.ts'

/** Tells the other side; nothing is stored. */
export async function setTyping(
  deps: Deps,
  caller: Visitor | Staff,
  input: { conversationId: string; typing: boolean },
): Promise<Record<string, never>> {
  const { tenantId } = caller
  const where = { tenantId, id: input.conversationId, visitorId: ownVisitor(caller) }
  const { contact, assignee } = await asTenant(deps.db, tenantId, (trx) => getConversation(trx, where))
  const name =
    caller.kind === 'visitor' ? contact.name : assignee?.userId === caller.userId ? assignee.name : null
  const event = { type: 'typing', side: sideOf(caller), name, ...input } as const
  deps.live.publish(tenantId, input.conversationId, { kind: 'typing', event })
  return {}
}

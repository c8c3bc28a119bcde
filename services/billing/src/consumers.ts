import { conversationStarted, messagePosted } from '@candor/contracts/chat/events'
import { businessSignedUp } from '@candor/contracts/identity/events'
import { on } from '@candor/events/listener'
import type { Listener } from '@candor/events/listener'
import { countUsage } from './domain/count-usage.ts'
import type { Deps } from './domain/deps.ts'
import { startTrial } from './domain/read-terms.ts'

export function billingListeners(deps: Deps): Listener[] {
  return [
    on(businessSignedUp, {
      apply: (trx, _, facts) => startTrial(trx, deps, facts.tenantId, facts.occurredAt),
    }),
    on(conversationStarted, { apply: (trx, _, facts) => countUsage(trx, deps, facts, { conversations: 1 }) }),
    on(messagePosted, {
      apply: async (trx, { isNotice }, facts) => {
        if (!isNotice) await countUsage(trx, deps, facts, { messages: 1 })
      },
    }),
  ]
}

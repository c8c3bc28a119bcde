import { conversationStarted, messagePosted } from '@candor/contracts/chat/events'
import { businessSignedUp } from '@candor/contracts/identity/events'
import { on, onMany } from '@candor/events/listener'
import type { Listener } from '@candor/events/listener'
import { countUsage } from './domain/count-usage.ts'
import type { Deps } from './domain/deps.ts'
import { startTrial } from './domain/read-terms.ts'

export function billingListeners(deps: Deps): Listener[] {
  return [
    on(businessSignedUp, {
      apply: (trx, _, facts) => startTrial(trx, deps, facts.tenantId, facts.occurredAt),
    }),
    onMany(conversationStarted, {
      apply: (trx, told) =>
        countUsage(
          trx,
          deps,
          told.map(({ facts }) => facts),
          'conversations',
        ),
    }),
    onMany(messagePosted, {
      apply: (trx, told) => {
        const messages = told.filter(({ payload }) => !payload.isNotice)
        return countUsage(
          trx,
          deps,
          messages.map(({ facts }) => facts),
          'messages',
        )
      },
    }),
  ]
}

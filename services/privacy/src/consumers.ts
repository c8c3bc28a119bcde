import type { AuditFact } from '@candor/contracts/audit'
import { billingAudited, billingDisposed } from '@candor/contracts/billing/events'
import type { ServiceName } from '@candor/contracts/callers'
import { chatAudited, chatDisposed, conversationStarted } from '@candor/contracts/chat/events'
import type { DayOfDisposals } from '@candor/contracts/disposals'
import { businessSignedUp, identityAudited, identityDisposed } from '@candor/contracts/identity/events'
import { transcriptsAudited, transcriptsDisposed } from '@candor/contracts/transcripts/events'
import { on } from '@candor/events/listener'
import type { EventFacts, Listener } from '@candor/events/listener'
import type { Transaction } from 'kysely'
import type { Deps } from './domain/deps.ts'
import { issueDisposalReceipt } from './domain/disposals/issue-receipt.ts'
import { findEvidence, keepEvidence } from './domain/evidence/keep-evidence.ts'
import { acceptAtSignUp } from './domain/registers/agreements.ts'
import { appendAuditFacts } from './store/audit-log.ts'
import type { Database } from './store/tables.ts'

/** What privacy does on the events of others. */
export function privacyListeners(deps: Deps): Listener[] {
  return [
    on(conversationStarted, {
      prepare: ({ conversationId }, { tenantId }) => findEvidence(deps, conversationId, tenantId),
      apply: (trx, _, facts, found) => keepEvidence(trx, deps, facts, found),
    }),
    on(businessSignedUp, {
      prepare: async (_, { tenantId }) => (await deps.policies.of(tenantId)).policy.agreements,
      apply: (trx, payload, facts, asked) => acceptAtSignUp(trx, asked, payload, facts),
    }),
    on(identityAudited, { apply: enter }),
    on(chatAudited, { apply: enter }),
    on(billingAudited, { apply: enter }),
    on(transcriptsAudited, { apply: enter }),
    on(identityDisposed, { apply: receipt(deps, 'identity') }),
    on(chatDisposed, { apply: receipt(deps, 'chat') }),
    on(billingDisposed, { apply: receipt(deps, 'billing') }),
    on(transcriptsDisposed, { apply: receipt(deps, 'transcripts') }),
  ]
}

function enter(
  trx: Transaction<Database>,
  { facts }: { facts: AuditFact[] },
  { tenantId }: EventFacts,
): Promise<void> {
  return appendAuditFacts(trx, tenantId, facts)
}

function receipt(deps: Deps, service: ServiceName) {
  return (trx: Transaction<Database>, day: DayOfDisposals, { tenantId }: EventFacts) =>
    issueDisposalReceipt(trx, deps, tenantId, service, day)
}

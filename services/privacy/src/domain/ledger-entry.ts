import type { SubjectRef } from '@candor/contracts/data-holder'
import type { LedgerEntry } from '@candor/contracts/erasure-ledger'
import { ledgerAddress, ledgerHash } from '@candor/events/ledger-stream'
import type { Deps } from './deps.ts'

/** What the ledger keeps of a person: nothing that could be read back without knowing it already. */
export function entryOfPerson(
  { sealer }: Pick<Deps, 'sealer'>,
  { visitorIds, userIds, emails, tenantId }: SubjectRef,
  facts: Pick<LedgerEntry, 'id' | 'endsAccount'> & { erasedAt: Date },
): LedgerEntry {
  const key = sealer.ledgerKey(tenantId)
  return {
    ...facts,
    erasedAt: facts.erasedAt.toISOString(),
    tenantId,
    what: 'person',
    visitors: visitorIds.map(ledgerHash),
    users: userIds.map(ledgerHash),
    addresses: emails.map((email) => ledgerAddress(key, email)),
  }
}

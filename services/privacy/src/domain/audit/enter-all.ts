import { asTenant } from '@candor/runtime/tenancy'
import type { StoreAudit } from '@candor/service/audit-trail'
import type { Kysely } from 'kysely'
import { appendAuditFacts } from '../../store/audit-log.ts'
import type { Database } from '../../store/tables.ts'

/** What was done here needs no event to get here. */
export async function enterAll(db: Kysely<Database>, batches: Parameters<StoreAudit>[0]): Promise<void> {
  for (const { tenantId, facts } of batches)
    await asTenant(db, tenantId, (trx) => appendAuditFacts(trx, tenantId, facts))
}

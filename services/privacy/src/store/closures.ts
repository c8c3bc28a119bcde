import type { PolicyVersion } from '@candor/contracts/policy/tenant-rules'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Answers false where the account is closed already. */
export async function insertClosure(trx: Transaction<Database>, closure: NewClosure): Promise<boolean> {
  const { id, tenantId, business, closedBy, closedAt, versions } = closure
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('closures')
    .values({
      id,
      tenant_id: tenantId,
      business_name: business.name,
      business_slug: business.slug,
      closed_by: closedBy,
      closed_at: closedAt,
      versions: JSON.stringify(versions),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

export async function findClosure(
  trx: Transaction<Database>,
  tenantId: string,
): Promise<ClosureRecord | undefined> {
  const row = await trx
    .selectFrom('closures')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst()
  return (
    row && {
      id: row.id,
      tenantId: row.tenant_id,
      business: { name: row.business_name, slug: row.business_slug },
      closedBy: row.closed_by,
      closedAt: row.closed_at,
      endedAt: row.ended_at,
      versions: row.versions,
      jws: row.jws,
    }
  )
}

export async function setClosureEnded(
  trx: Transaction<Database>,
  tenantId: string,
  ended: { endedAt: Date; jws: string },
): Promise<void> {
  await trx
    .updateTable('closures')
    .set({ ended_at: ended.endedAt, jws: ended.jws })
    .where('tenant_id', '=', tenantId)
    .execute()
}

interface NewClosure {
  id: string
  tenantId: string
  business: { name: string; slug: string }
  closedBy: string
  closedAt: Date
  versions: readonly PolicyVersion[]
}

export interface ClosureRecord extends NewClosure {
  endedAt: Date | null
  jws: string | null
}

import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** The request that one asked of every business became at one of them. */
export interface Part {
  tenantId: string
  requestId: string
}

export async function insertPart(
  trx: Transaction<Database>,
  part: { parentId: string; tenantId: string; part: Part; now: Date },
): Promise<void> {
  const row = {
    parent_id: part.parentId,
    tenant_id: part.tenantId,
    part_tenant_id: part.part.tenantId,
    part_id: part.part.requestId,
    passed_on_at: part.now,
  }
  await trx
    .insertInto('request_parts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The parts of all requests that a person made of everybody. */
export async function listPartsOfPerson(trx: Transaction<Database>, personId: string): Promise<Part[]> {
  return trx
    .selectFrom('request_parts')
    .innerJoin('requests', (join) =>
      join
        .onRef('requests.id', '=', 'request_parts.parent_id')
        .onRef('requests.tenant_id', '=', 'request_parts.tenant_id'),
    )
    .select(['part_tenant_id as tenantId', 'part_id as requestId'])
    .where('requests.person_id', '=', personId)
    .orderBy('part_id', 'desc')
    .execute()
}

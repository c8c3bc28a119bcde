import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Events may come again and late; the latest counts. */
export async function setBriefed(
  trx: Transaction<Database>,
  { tenantId, userId }: { tenantId: string; userId: string },
  at: Date,
): Promise<void> {
  await trx
    .updateTable('users')
    .set({ briefed_at: at })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', userId)
    .where((is) => is.or([is('briefed_at', 'is', null), is('briefed_at', '<', at)]))
    .execute()
}

export async function findBriefing(
  trx: Transaction<Database>,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<{ acknowledgedAt: Date | null; joinedAt: Date } | undefined> {
  return trx
    .selectFrom('users')
    .select(['briefed_at as acknowledgedAt', 'created_at as joinedAt'])
    .where('tenant_id', '=', tenantId)
    .where('id', '=', userId)
    .executeTakeFirst()
}

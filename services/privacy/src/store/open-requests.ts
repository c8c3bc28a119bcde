import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Whether erasures of people of the business are under way. */
export async function hasErasures(trx: Transaction<Database>, tenantId: string): Promise<boolean> {
  const query = trx
    .selectFrom('erasures')
    .select('request_id')
    .where('tenant_id', '=', tenantId)
    .where('plan', '=', 'erase')
  return (await query.executeTakeFirst()) !== undefined
}

/** Ends whatever is open at a business that closed its account, and all work for it but the closing's own. */
export async function lapseRequests(
  trx: Transaction<Database>,
  { tenantId, except, now }: { tenantId: string; except: string; now: Date },
): Promise<void> {
  await trx
    .updateTable('requests')
    .set({ state: 'lapsed', ended_at: now })
    .where('tenant_id', '=', tenantId)
    .where('ended_at', 'is', null)
    .execute()
  for (const table of ['erasures', 'saga_queue', 'request_timers', 'request_deadlines'])
    await sql`
      delete from ${sql.table(table)} where tenant_id = ${tenantId} and request_id <> ${except}`.execute(trx)
}

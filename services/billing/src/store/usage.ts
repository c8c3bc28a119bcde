import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function findUsage(
  trx: Transaction<Database>,
  tenantId: string,
  termId: string,
): Promise<{ conversations: number; messages: number } | undefined> {
  return trx
    .selectFrom('usage')
    .select(['conversations', 'messages'])
    .where('tenant_id', '=', tenantId)
    .where('term_id', '=', termId)
    .executeTakeFirst()
}

export async function addUsage(
  trx: Transaction<Database>,
  usage: { tenantId: string; termId: string; conversations: number; messages: number },
): Promise<void> {
  await sql`
    insert into usage (tenant_id, term_id, conversations, messages)
    values (${usage.tenantId}, ${usage.termId}, ${usage.conversations}, ${usage.messages})
    on conflict (tenant_id, term_id) do update
    set conversations = usage.conversations + excluded.conversations, messages = usage.messages + excluded.messages`.execute(
    trx,
  )
}

import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

export async function isNoticeKnown(
  trx: Transaction<Database>,
  provider: string,
  noticeId: string,
): Promise<boolean> {
  const row = await trx
    .selectFrom('payment_notices')
    .select('outcome')
    .where('provider', '=', provider)
    .where('notice_id', '=', noticeId)
    .executeTakeFirst()
  return row !== undefined
}

/** Of two deliveries of one notice that get here at once, the second fails on the key and its effect is undone. */
export async function insertNotice(
  trx: Transaction<Database>,
  notice: {
    provider: string
    noticeId: string
    type: string
    checkoutId: string | null
    outcome: 'applied' | 'ignored' | 'refused'
    receivedAt: Date
  },
): Promise<void> {
  await trx
    .insertInto('payment_notices')
    .values({
      provider: notice.provider,
      notice_id: notice.noticeId,
      type: notice.type,
      checkout_id: notice.checkoutId,
      outcome: notice.outcome,
      received_at: notice.receivedAt,
    })
    .execute()
}

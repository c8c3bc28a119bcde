import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/**
 * Takes the seller's next number of the year. The counter row stays locked until the transaction ends, so the next
 * number waits for this one to be used, and one that is rolled back is given out again: no gaps, no repeats.
 */
export async function takeInvoiceNumber(
  trx: Transaction<Database>,
  sellerVatId: string,
  year: number,
): Promise<string> {
  const { rows } = await sql<{ last_number: number }>`
    insert into invoice_numbers (seller_vat_id, year, last_number) values (${sellerVatId}, ${year}, 1)
    on conflict (seller_vat_id, year) do update set last_number = invoice_numbers.last_number + 1
    returning last_number`.execute(trx)
  return `CD-${year}-${String(rows[0]!.last_number).padStart(6, '0')}`
}

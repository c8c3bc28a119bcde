import type { Transaction } from 'kysely'
import { takeInvoiceNumber } from '../store/invoice-numbers.ts'
import { insertInvoice } from '../store/invoices.ts'
import type { IssuedInvoice } from '../store/invoices.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'

/**
 * Issues an invoice or a credit note under the seller's next number. It comes last in its transaction: all tenants'
 * invoices wait for the number's row.
 */
export async function issue(
  trx: Transaction<Database>,
  deps: Deps,
  document: Omit<IssuedInvoice, 'id' | 'number' | 'issuedAt' | 'seller'>,
): Promise<void> {
  const { name, address, vatId } = deps.seller
  const issuedAt = deps.clock.now()
  const number = await takeInvoiceNumber(trx, vatId, issuedAt.getUTCFullYear())
  await insertInvoice(trx, {
    ...document,
    id: deps.newId(),
    number,
    issuedAt,
    seller: { name, address, vatId },
  })
}

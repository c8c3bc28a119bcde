import type { Transaction } from 'kysely'
import type { Charge } from '../store/charge.ts'
import { setRefunded } from '../store/checkouts.ts'
import type { Checkout } from '../store/checkouts.ts'
import { getInvoicesOfCheckout, setInvoiceRefunded } from '../store/invoices.ts'
import type { IssuedInvoice } from '../store/invoices.ts'
import { findTerms, lockTerms, setTermPeriod, voidTerm } from '../store/terms.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'
import { issue } from './issue.ts'
import { netOfGross } from './tax.ts'
import { closeGaps } from './terms.ts'

/**
 * Issues a credit note for what was given back since the last one; `refundedMinor` is all of it so far, so an older
 * notice that comes late finds nothing to do. Once everything is back, the month is taken back too and later
 * ones move up.
 */
export async function settleRefund(
  trx: Transaction<Database>,
  deps: Deps,
  checkout: Checkout,
  refundedMinor: number,
): Promise<void> {
  const newlyMinor = refundedMinor - checkout.refundedMinor
  if (newlyMinor <= 0) return
  const { id: checkoutId, tenantId } = checkout
  const { invoice, creditNotes } = await getInvoicesOfCheckout(trx, tenantId, checkoutId)
  const isWhole = refundedMinor === checkout.charge.grossMinor
  await setRefunded(trx, checkoutId, refundedMinor)
  if (isWhole) {
    await setInvoiceRefunded(trx, tenantId, invoice.id)
    const now = deps.clock.now()
    await lockTerms(trx, tenantId)
    await voidTerm(trx, tenantId, checkoutId, now)
    for (const term of closeGaps(await findTerms(trx, tenantId), now)) await setTermPeriod(trx, term)
  }
  const { suppliedFrom, suppliedTo, buyer } = invoice
  await issue(trx, deps, {
    tenantId,
    checkoutId,
    kind: 'credit-note',
    correctsNumber: invoice.number,
    suppliedFrom,
    suppliedTo,
    buyer,
    description: `Refund of invoice ${invoice.number}`,
    charge: isWhole ? whatIsLeft(invoice, creditNotes) : partOf(invoice.charge, newlyMinor),
    status: 'refunded',
  })
}

/** The last credit note makes the sum exact, whatever the earlier ones rounded. */
function whatIsLeft(invoice: IssuedInvoice, creditNotes: readonly IssuedInvoice[]): Charge {
  const sum = (part: 'netMinor' | 'taxMinor' | 'grossMinor') =>
    creditNotes.reduce((total, { charge }) => total + charge[part], invoice.charge[part])
  return {
    ...invoice.charge,
    netMinor: -sum('netMinor'),
    taxMinor: -sum('taxMinor'),
    grossMinor: -sum('grossMinor'),
  }
}

function partOf(charge: Charge, grossMinor: number): Charge {
  const netMinor = netOfGross(grossMinor, charge.taxRateBasisPoints)
  return { ...charge, netMinor: -netMinor, taxMinor: netMinor - grossMinor, grossMinor: -grossMinor }
}

import type { Invoice } from '@candor/contracts/billing/schemas'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import * as store from '../store/invoices.ts'
import type { Deps, Staff } from './deps.ts'

export async function listInvoices(deps: Deps, { tenantId }: Staff): Promise<Invoice[]> {
  const found = await asTenant(deps.db, tenantId, (trx) => store.listInvoices(trx, tenantId))
  return found.map(toContract)
}

export async function getInvoice(deps: Deps, { tenantId }: Staff, invoiceId: string): Promise<Invoice> {
  const found = await asTenant(deps.db, tenantId, (trx) => store.findInvoice(trx, tenantId, invoiceId))
  if (!found) throw notFound('invoice')
  return toContract(found)
}

function toContract(invoice: store.IssuedInvoice): Invoice {
  const { charge } = invoice
  const { userId: _, ...buyer } = invoice.buyer
  return {
    id: invoice.id,
    number: invoice.number,
    kind: invoice.kind,
    corrects: invoice.correctsNumber,
    issuedAt: invoice.issuedAt.toISOString(),
    suppliedFrom: invoice.suppliedFrom.toISOString(),
    suppliedTo: invoice.suppliedTo.toISOString(),
    seller: invoice.seller,
    buyer,
    lines: [{ description: invoice.description, quantity: 1, netMinor: charge.netMinor }],
    currency: charge.currency,
    netMinor: charge.netMinor,
    taxRatePercent: charge.taxRateBasisPoints / 100,
    taxMinor: charge.taxMinor,
    grossMinor: charge.grossMinor,
    taxNote: charge.taxNote,
    status: invoice.status,
  }
}

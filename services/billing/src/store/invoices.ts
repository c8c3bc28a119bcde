import type { Selectable, Transaction } from 'kysely'
import { toCharge, toChargeColumns } from './charge.ts'
import type { Charge } from './charge.ts'
import type { Buyer } from './checkouts.ts'
import type { Database } from './tables.ts'

/** An invoice or credit note. Only its status ever changes. */
export interface IssuedInvoice {
  readonly id: string
  readonly tenantId: string
  readonly checkoutId: string
  readonly kind: 'invoice' | 'credit-note'
  readonly number: string
  readonly correctsNumber: string | null
  readonly issuedAt: Date
  readonly suppliedFrom: Date
  readonly suppliedTo: Date
  readonly seller: { readonly name: string; readonly address: string; readonly vatId: string }
  readonly buyer: Buyer
  readonly description: string
  readonly charge: Charge
  readonly status: 'paid' | 'refunded'
}

export async function insertInvoice(trx: Transaction<Database>, invoice: IssuedInvoice): Promise<void> {
  const { seller, buyer } = invoice
  await trx
    .insertInto('invoices')
    .values({
      id: invoice.id,
      tenant_id: invoice.tenantId,
      checkout_id: invoice.checkoutId,
      kind: invoice.kind,
      number: invoice.number,
      corrects_number: invoice.correctsNumber,
      issued_at: invoice.issuedAt,
      supplied_from: invoice.suppliedFrom,
      supplied_to: invoice.suppliedTo,
      seller_name: seller.name,
      seller_address: seller.address,
      seller_vat_id: seller.vatId,
      buyer_user_id: buyer.userId,
      buyer_company: buyer.company,
      buyer_street: buyer.street,
      buyer_postal_code: buyer.postalCode,
      buyer_city: buyer.city,
      buyer_country: buyer.country,
      buyer_vat_id: buyer.vatId ?? null,
      description: invoice.description,
      ...toChargeColumns(invoice.charge),
      status: invoice.status,
    })
    .execute()
}

/** Latest first. */
export async function listInvoices(trx: Transaction<Database>, tenantId: string): Promise<IssuedInvoice[]> {
  const rows = await trx
    .selectFrom('invoices')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('id', 'desc')
    .execute()
  return rows.map(toInvoice)
}

export async function findInvoice(
  trx: Transaction<Database>,
  tenantId: string,
  id: string,
): Promise<IssuedInvoice | undefined> {
  const row = await trx
    .selectFrom('invoices')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toInvoice(row)
}

/** The invoice of a checkout, and the credit notes that took parts of it back. */
export async function getInvoicesOfCheckout(
  trx: Transaction<Database>,
  tenantId: string,
  checkoutId: string,
): Promise<{ invoice: IssuedInvoice; creditNotes: IssuedInvoice[] }> {
  const rows = await trx
    .selectFrom('invoices')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('checkout_id', '=', checkoutId)
    .execute()
  const all = rows.map(toInvoice)
  const invoice = all.find(({ kind }) => kind === 'invoice')
  if (!invoice) throw new Error('a paid checkout without an invoice')
  return { invoice, creditNotes: all.filter(({ kind }) => kind === 'credit-note') }
}

export async function setInvoiceRefunded(
  trx: Transaction<Database>,
  tenantId: string,
  id: string,
): Promise<void> {
  await trx
    .updateTable('invoices')
    .set({ status: 'refunded' })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .execute()
}

function toInvoice(row: Selectable<Database['invoices']>): IssuedInvoice {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    checkoutId: row.checkout_id,
    kind: row.kind,
    number: row.number,
    correctsNumber: row.corrects_number,
    issuedAt: row.issued_at,
    suppliedFrom: row.supplied_from,
    suppliedTo: row.supplied_to,
    seller: { name: row.seller_name, address: row.seller_address, vatId: row.seller_vat_id },
    buyer: {
      userId: row.buyer_user_id,
      company: row.buyer_company,
      street: row.buyer_street,
      postalCode: row.buyer_postal_code,
      city: row.buyer_city,
      country: row.buyer_country,
      vatId: row.buyer_vat_id,
    },
    description: row.description,
    charge: toCharge(row),
    status: row.status,
  }
}

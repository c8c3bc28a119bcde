import { dataMap, keep, keepByLaw, personal, technicalTable } from '@candor/personal-data/data-map'
import type { Column } from '@candor/personal-data/data-map'
import { eventTablesMap } from '@candor/personal-data/event-tables'

const byTaxLaw = keepByLaw('Tax law has invoices kept for years after the end of the year of issue')

const underWay = keep(
  'A purchase that has been started needs its details until it is paid or lapses (contract)',
)

/** Every column the billing service stores, and whose it is: a purchase is about the owner who made it. */
export const billingData = dataMap('billing', {
  ...eventTablesMap,
  terms: technicalTable(
    'id',
    'tenant_id',
    'plan_id',
    'checkout_id',
    'starts_at',
    'ends_at',
    'cancelled_at',
    'voided_at',
  ),
  usage: technicalTable('tenant_id', 'term_id', 'conversations', 'messages'),
  checkouts: {
    subjects: { staff: { by: { userIds: 'buyer_user_id' } } },
    clock: 'started_at',
    columns: {
      ...technicalTable('id', 'tenant_id', 'provider', 'plan_id', 'currency', 'net_minor', 'tax_minor')
        .columns,
      ...technicalTable('tax_rate_basis_points', 'gross_minor', 'tax_note', 'started_at', 'session_id')
        .columns,
      ...technicalTable('payment_id', 'failed_at', 'paid_at', 'refunded_minor').columns,
      ...buyerColumns(underWay),
    },
  },
  invoices: {
    subjects: { staff: { by: { userIds: 'buyer_user_id' } } },
    clock: 'issued_at',
    columns: {
      ...technicalTable('id', 'tenant_id', 'checkout_id', 'kind', 'number', 'corrects_number', 'issued_at')
        .columns,
      ...technicalTable('supplied_from', 'supplied_to', 'seller_name', 'seller_address', 'seller_vat_id')
        .columns,
      ...technicalTable('description', 'currency', 'net_minor', 'tax_rate_basis_points', 'tax_minor').columns,
      ...technicalTable('gross_minor', 'tax_note', 'status').columns,
      ...buyerColumns(byTaxLaw),
    },
  },
  invoice_numbers: technicalTable('seller_vat_id', 'year', 'last_number'),
  payment_notices: technicalTable('provider', 'notice_id', 'type', 'checkout_id', 'outcome', 'received_at'),
})

function buyerColumns(onErasure: typeof byTaxLaw): Record<string, Column> {
  const names = ['user_id', 'company', 'street', 'postal_code', 'city', 'country', 'vat_id']
  return Object.fromEntries(
    names.map((name) => [`buyer_${name}`, personal('purchase-records', { of: 'staff', onErasure })]),
  )
}

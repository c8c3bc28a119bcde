import type { PlanId } from '@candor/contracts/billing/schemas'
import type { EventTables } from '@candor/events/tables'

/** The billing service's tables. */
export interface Database extends EventTables {
  terms: TermsTable
  usage: UsageTable
  checkouts: CheckoutsTable
  invoices: InvoicesTable
  invoice_numbers: InvoiceNumbersTable
  payment_notices: PaymentNoticesTable
}

interface TermsTable {
  id: string
  tenant_id: string
  plan_id: PlanId
  checkout_id: string | null
  starts_at: Date
  ends_at: Date
  cancelled_at: Date | null
  voided_at: Date | null
}

interface UsageTable {
  tenant_id: string
  term_id: string
  conversations: number
  messages: number
}

interface ChargeColumns {
  currency: string
  net_minor: number
  tax_rate_basis_points: number
  tax_minor: number
  gross_minor: number
  tax_note: string | null
}

/** What the buyer typed moves to the invoice once it is paid, and is null here from then on. */
interface CheckoutsTable extends ChargeColumns {
  id: string
  tenant_id: string
  provider: string
  plan_id: PlanId
  buyer_user_id: string | null
  buyer_company: string | null
  buyer_street: string | null
  buyer_postal_code: string | null
  buyer_city: string | null
  buyer_country: string | null
  buyer_vat_id: string | null
  started_at: Date
  session_id: string | null
  payment_id: string | null
  failed_at: Date | null
  paid_at: Date | null
  refunded_minor: number
}

interface InvoicesTable extends ChargeColumns {
  id: string
  tenant_id: string
  checkout_id: string
  kind: 'invoice' | 'credit-note'
  number: string
  corrects_number: string | null
  issued_at: Date
  supplied_from: Date
  supplied_to: Date
  seller_name: string
  seller_address: string
  seller_vat_id: string
  buyer_user_id: string | null
  buyer_company: string
  buyer_street: string
  buyer_postal_code: string
  buyer_city: string
  buyer_country: string
  buyer_vat_id: string | null
  description: string
  status: 'paid' | 'refunded'
}

interface InvoiceNumbersTable {
  seller_vat_id: string
  year: number
  last_number: number
}

/** Serves all tenants at once: which notices were taken, so that each takes effect once. */
interface PaymentNoticesTable {
  provider: string
  notice_id: string
  type: string
  checkout_id: string | null
  outcome: 'applied' | 'ignored' | 'refused'
  received_at: Date
}

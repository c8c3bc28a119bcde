import type { BillingDetails, PlanId } from '@candor/contracts/billing/schemas'
import type { Selectable, Transaction } from 'kysely'
import { toCharge, toChargeColumns } from './charge.ts'
import type { Charge } from './charge.ts'
import type { Database } from './tables.ts'

export interface Checkout {
  readonly id: string
  readonly tenantId: string
  readonly provider: string
  readonly planId: PlanId
  readonly buyer: Buyer | null
  readonly charge: Charge
  readonly sessionId: string | null
  readonly paymentId: string | null
  readonly paidAt: Date | null
  readonly refundedMinor: number
}

/** What goes on the invoice, and which of the business's staff typed it. */
export interface Buyer extends BillingDetails {
  readonly userId: string | null
}

export async function insertCheckout(
  trx: Transaction<Database>,
  checkout: Pick<Checkout, 'id' | 'tenantId' | 'provider' | 'planId' | 'charge'> & {
    buyer: Buyer
    startedAt: Date
  },
): Promise<void> {
  const { buyer } = checkout
  await trx
    .insertInto('checkouts')
    .values({
      id: checkout.id,
      tenant_id: checkout.tenantId,
      provider: checkout.provider,
      plan_id: checkout.planId,
      buyer_user_id: buyer.userId,
      buyer_company: buyer.company,
      buyer_street: buyer.street,
      buyer_postal_code: buyer.postalCode,
      buyer_city: buyer.city,
      buyer_country: buyer.country,
      buyer_vat_id: buyer.vatId ?? null,
      ...toChargeColumns(checkout.charge),
      started_at: checkout.startedAt,
      session_id: null,
      payment_id: null,
      failed_at: null,
      paid_at: null,
      refunded_minor: 0,
    })
    .execute()
}

/** Held until the transaction ends: notices about one checkout go one by one. */
export async function lockCheckout(trx: Transaction<Database>, id: string): Promise<Checkout | undefined> {
  const row = await trx
    .selectFrom('checkouts')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return row && toCheckout(row)
}

/** A notice may have told of the session before its opener came to it. */
export async function setSession(trx: Transaction<Database>, id: string, sessionId: string): Promise<void> {
  await trx
    .updateTable('checkouts')
    .set({ session_id: sessionId })
    .where('id', '=', id)
    .where('session_id', 'is', null)
    .execute()
}

export async function setFailed(trx: Transaction<Database>, id: string, at: Date): Promise<void> {
  await trx.updateTable('checkouts').set({ failed_at: at }).where('id', '=', id).execute()
}

/** Records the payment and forgets the buyer, who stands on the invoice from now on. */
export async function setPaid(
  trx: Transaction<Database>,
  id: string,
  payment: { sessionId: string; paymentId: string; at: Date },
): Promise<void> {
  await trx
    .updateTable('checkouts')
    .set({
      session_id: payment.sessionId,
      payment_id: payment.paymentId,
      paid_at: payment.at,
      buyer_user_id: null,
      buyer_company: null,
      buyer_street: null,
      buyer_postal_code: null,
      buyer_city: null,
      buyer_country: null,
      buyer_vat_id: null,
    })
    .where('id', '=', id)
    .execute()
}

export async function setRefunded(
  trx: Transaction<Database>,
  id: string,
  refundedMinor: number,
): Promise<void> {
  await trx.updateTable('checkouts').set({ refunded_minor: refundedMinor }).where('id', '=', id).execute()
}

function toCheckout(row: Selectable<Database['checkouts']>): Checkout {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    provider: row.provider,
    planId: row.plan_id,
    buyer: toBuyer(row),
    charge: toCharge(row),
    sessionId: row.session_id,
    paymentId: row.payment_id,
    paidAt: row.paid_at,
    refundedMinor: row.refunded_minor,
  }
}

function toBuyer(row: Selectable<Database['checkouts']>): Buyer | null {
  const { buyer_company: company, buyer_street: street, buyer_postal_code: postalCode } = row
  const { buyer_city: city, buyer_country: country } = row
  if (!company || !street || !postalCode || !city || !country) return null
  return { userId: row.buyer_user_id, company, street, postalCode, city, country, vatId: row.buyer_vat_id }
}

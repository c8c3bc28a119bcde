import { z } from 'zod'
import { admins, anyone, owner, staff } from '../callers.ts'
import { contract, mutation, query } from '../contract.ts'
import type { RouterOf } from '../contract.ts'
import { dataHolder } from '../data-holder.ts'
import { Id } from '../fields.ts'
import { operations } from '../operations.ts'
import { BillingDetails, Invoice, Plan, PlanId, Subscription, Usage } from './schemas.ts'

/** What a business pays for. Card numbers are typed at the payment provider and never reach us. */
export const billing = contract('billing', {
  listPlans: query({
    summary: 'The plans on offer.',
    access: anyone,
    purpose: 'none',
    input: z.object({}),
    output: z.array(Plan),
  }),
  getSubscription: query({
    summary: "The business's plan and period.",
    access: staff,
    purpose: 'bill-service',
    input: z.object({}),
    output: Subscription,
  }),
  getUsage: query({
    summary: 'What was used of the current period.',
    access: staff,
    purpose: 'bill-service',
    input: z.object({}),
    output: Usage,
  }),
  startCheckout: mutation({
    summary:
      "Opens a checkout on the payment provider's own page and says where. The plan changes once its signed notice of payment arrives.",
    access: owner,
    purpose: 'bill-service',
    input: z.object({ planId: PlanId.exclude(['trial']), details: BillingDetails }),
    output: z.object({ checkoutId: Id, checkoutUrl: z.string() }),
    errors: ['conflict', 'forbidden'],
  }),
  listInvoices: query({
    summary: 'Invoices and credit notes, latest first.',
    access: admins,
    purpose: 'bill-service',
    input: z.object({}),
    output: z.array(Invoice),
  }),
  getInvoice: query({
    summary: 'One invoice or credit note.',
    access: admins,
    purpose: 'bill-service',
    input: z.object({ invoiceId: Id }),
    output: Invoice,
    errors: ['not-found'],
  }),
  cancelSubscription: mutation({
    summary: 'Lets the plan end with its period. Cancelling twice is harmless.',
    access: owner,
    purpose: 'bill-service',
    input: z.object({}),
    output: Subscription,
    errors: ['conflict'],
  }),
  ...dataHolder,
  ...operations,
})

export type BillingRouter = RouterOf<typeof billing>

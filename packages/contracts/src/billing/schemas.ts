import { z } from 'zod'
import { CompanyName, Country, Id, Money, printable, Time } from '../fields.ts'

export const PlanId = z.enum(['trial', 'starter', 'team'])
export type PlanId = z.infer<typeof PlanId>

export const Plan = z.object({
  id: PlanId,
  name: z.string(),
  /** Net price a month. */
  price: Money,
  conversationsIncluded: z.number().int(),
  seatsIncluded: z.number().int(),
})
export type Plan = z.infer<typeof Plan>

export const Subscription = z.object({
  plan: Plan,
  status: z.enum(['trialing', 'active', 'cancelled', 'ended']),
  periodStart: Time,
  periodEnd: Time,
  /** True from `cancelSubscription` until `periodEnd`. */
  endsAtPeriodEnd: z.boolean(),
  /** What is paid for already and counts from `periodEnd` on. */
  next: z.object({ plan: Plan, startsAt: Time }).nullable(),
})
export type Subscription = z.infer<typeof Subscription>

export const Usage = z.object({
  periodStart: Time,
  periodEnd: Time,
  conversations: z.object({ used: z.number().int(), included: z.number().int() }),
  messages: z.object({ used: z.number().int() }),
})
export type Usage = z.infer<typeof Usage>

export const BillingDetails = z.object({
  company: CompanyName,
  street: printable(1, 200),
  postalCode: printable(1, 20),
  city: printable(1, 120),
  country: Country,
  vatId: printable(1, 30).nullish(),
})
export type BillingDetails = z.infer<typeof BillingDetails>

export const InvoiceLine = z.object({
  description: z.string(),
  quantity: z.number().int(),
  netMinor: z.number().int(),
})

/** Fields that EU invoices must show (Directive 2006/112/EC, article 226). */
export const Invoice = z.object({
  id: Id,
  /** Sequential without gaps over the seller's invoices. */
  number: z.string(),
  kind: z.enum(['invoice', 'credit-note']),
  /** For a credit note: the invoice it takes back. */
  corrects: z.string().nullable(),
  issuedAt: Time,
  suppliedFrom: Time,
  suppliedTo: Time,
  seller: z.object({ name: z.string(), address: z.string(), vatId: z.string() }),
  buyer: BillingDetails,
  lines: z.array(InvoiceLine),
  currency: z.string(),
  netMinor: z.number().int(),
  taxRatePercent: z.number(),
  taxMinor: z.number().int(),
  grossMinor: z.number().int(),
  /** Why no tax is charged, where none is. */
  taxNote: z.string().nullable(),
  status: z.enum(['paid', 'refunded']),
})
export type Invoice = z.infer<typeof Invoice>

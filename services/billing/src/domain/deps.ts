import type { Caller } from '@candor/contracts/callers'
import type { Base } from '@candor/service/connect'
import type { Database } from '../store/tables.ts'
import type { PaymentProvider } from './payment-provider.ts'

/** What the rules of billing need. */
export interface Deps extends Base<Database> {
  /** Opens new checkouts. */
  provider: PaymentProvider
  /** All whose notices are still taken, by name. */
  providers: Readonly<Record<string, PaymentProvider>>
  seller: Seller
  publicUrl: string
}

export interface Seller {
  readonly name: string
  readonly address: string
  readonly vatId: string
  readonly country: string
}

export type Staff = Extract<Caller, { kind: 'staff' }>

import type { Charge } from '../store/charge.ts'
import { isEuCountry, vatRates } from './vat-rates.ts'

/**
 * What VAT a seller in one EU country charges for a service supplied electronically. A business of another member
 * state owes it itself, shown by its VAT number; whoever has none pays the rate of their own country, which the seller
 * declares through the One Stop Shop; outside the EU none is charged.
 */
export function assessTax(sellerCountry: string, buyer: { country: string; vatId?: string | null }): TaxRule {
  if (!isEuCountry(buyer.country)) return { rateBasisPoints: 0, note: outsideEuNote }
  if (buyer.country !== sellerCountry && buyer.vatId) return { rateBasisPoints: 0, note: reverseChargeNote }
  return { rateBasisPoints: vatRates[buyer.country]!, note: null }
}

/** Net, tax and gross of one month of a plan. */
export function chargeFor(net: { amountMinor: number; currency: string }, rule: TaxRule): Charge {
  const taxMinor = taxOnNet(net.amountMinor, rule.rateBasisPoints)
  return {
    currency: net.currency,
    netMinor: net.amountMinor,
    taxRateBasisPoints: rule.rateBasisPoints,
    taxMinor,
    grossMinor: net.amountMinor + taxMinor,
    taxNote: rule.note,
  }
}

/** Rounded half up, in integers: amounts here are positive and far below what a double holds exactly. */
export function taxOnNet(netMinor: number, rateBasisPoints: number): number {
  return Math.floor((netMinor * rateBasisPoints + 5_000) / 10_000)
}

/** The net part of a gross amount, rounded half up. */
export function netOfGross(grossMinor: number, rateBasisPoints: number): number {
  const divisor = 10_000 + rateBasisPoints
  return Math.floor((grossMinor * 20_000 + divisor) / (2 * divisor))
}

export const reverseChargeNote =
  'Reverse charge: the recipient is liable for the VAT (Directive 2006/112/EC art. 196)'
export const outsideEuNote =
  'Not subject to EU VAT: the recipient is established outside the EU (Directive 2006/112/EC art. 44 and 59)'

export interface TaxRule {
  /** Hundredths of a percent, since some rates have half percents. */
  readonly rateBasisPoints: number
  /** Why no tax is charged, where none is. */
  readonly note: string | null
}

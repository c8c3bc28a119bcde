import type { BillingDetails } from '@candor/contracts/billing/schemas'
import { badInput } from '@candor/rpc/service-error'
import { holdsCardNumber } from './card-number.ts'
import { isEuCountry, vatIdPrefix } from './vat-rates.ts'

/**
 * Refuses what an invoice must not show or tax cannot be decided by: a card number typed into the wrong field, a
 * country that does not exist, a VAT number of another country. Answers the details as the invoice shows them.
 */
export function checkBuyer(details: BillingDetails): BillingDetails {
  for (const [name, value] of Object.entries(details)) {
    if (value && holdsCardNumber(value)) {
      throw badInput(
        `details.${name}`,
        "looks like a card number; those are typed on the payment provider's page only",
      )
    }
  }
  const { country } = details
  if (country === 'ZZ' || regionNames.of(country) === undefined)
    throw badInput('details.country', 'no such country')
  const vatId = details.vatId?.replaceAll(/[\s.-]/g, '').toUpperCase() || null
  if (vatId && isEuCountry(country) && !isVatId(vatId, country)) {
    throw badInput(
      'details.vatId',
      `a VAT number of this country begins with ${vatIdPrefix(country)}, then 2 to 12 letters or digits`,
    )
  }
  return { ...details, vatId }
}

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

function isVatId(vatId: string, country: string): boolean {
  return vatId.startsWith(vatIdPrefix(country)) && /^[A-Z]{2}[0-9A-Z+*]{2,12}$/.test(vatId)
}

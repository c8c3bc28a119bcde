import type { BillingDetails } from '@candor/contracts/billing/schemas'
import { badInput } from '@candor/rpc/service-error'
import { holdsCardNumber } from './card-number.ts'
import { hasVatIdForm, vatIdPrefix } from './vat-id-form.ts'
import { isEuCountry } from './vat-rates.ts'

/**
 * Refuses what an invoice must not show or tax cannot be decided by: a card number typed into the wrong field, a
 * VAT number that is not of the country's form. Answers the details as the invoice shows them.
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
  const vatId = details.vatId?.replaceAll(/[\s.-]/g, '').toUpperCase() || null
  if (vatId && isEuCountry(country) && !hasVatIdForm(vatId, country)) {
    throw badInput(
      'details.vatId',
      `not the form of a VAT number of this country, which begins with ${vatIdPrefix(country)}`,
    )
  }
  return { ...details, vatId }
}

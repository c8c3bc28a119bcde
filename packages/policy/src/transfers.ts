import type { Policy } from '@candor/contracts/policy/policy'

/** Countries of a region: data moves among them without more. ISO 3166-1. */
const eea = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(
  ' ',
)
export const regions: Record<Policy['region'], readonly string[]> = { eea, uk: ['GB'], us: ['US'] }

// The lists below are as of 2024-10-09: a decision taken or withdrawn later is not in them.

const adequateForBoth = 'AD AR CA CH FO GG IL IM JE JP KR NZ US UY'.split(' ')

/**
 * Countries found adequate under GDPR article 45, in the list of the European Commission, and under article 45 of the
 * UK GDPR, in the list of the Information Commissioner. Canada and the United States: commercial organisations under
 * their frameworks only. United States law knows no such decisions.
 */
export const adequateCountries: Record<Policy['region'], readonly string[]> = {
  eea: [...adequateForBoth, 'GB'],
  uk: [...adequateForBoth, ...eea, 'GI'],
  us: [],
}

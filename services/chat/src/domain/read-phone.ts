import { badInput } from '@candor/rpc/service-error'
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Deps } from './deps.ts'

/** Reads telephone numbers the way the business's country writes them, each into the one form in which it is stored. */
export async function phoneReader(
  { identity }: Pick<Deps, 'identity'>,
  tenantId: string,
  numbers: readonly (string | null | undefined)[],
): Promise<PhoneReader> {
  const needsCountry = numbers.some((number) => number && !number.trim().startsWith('+'))
  const country = needsCountry
    ? (await identity.findBusiness.query({ tenantId }))?.country.toUpperCase()
    : undefined
  return (number) => {
    if (!number) return number
    const known = country && isSupportedCountry(country) ? country : undefined
    const parsed = parsePhoneNumberFromString(number, known)
    return parsed?.isValid() ? parsed.formatInternational() : undefined
  }
}

/** The same for one number of a call's input; refuses what no telephone has. */
export async function readPhone<T extends string | null | undefined>(
  deps: Pick<Deps, 'identity'>,
  tenantId: string,
  field: string,
  number: T,
): Promise<T> {
  if (!number) return number
  const read = (await phoneReader(deps, tenantId, [number]))(number)
  if (!read) throw badInput(field, noNumber)
  return read as T
}

export const noNumber = 'is no telephone number; begin with + and the code of its country'

/** undefined: no telephone has that number. */
export type PhoneReader = (number: string | null | undefined) => string | null | undefined

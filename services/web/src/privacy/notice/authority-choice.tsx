import type { PrivacyNotice } from '@candor/contracts/privacy/schemas'
import { countryName } from '../../ui/country-name.ts'
import { Select } from '../../ui/select.tsx'
import { chooseCountry, useReaderCountry } from '../reader-country.ts'

/** The authority to complain to, and the country it is looked up for. */
export function AuthorityChoice({ notice: { authority, authorityCountries } }: { notice: PrivacyNotice }) {
  const chosen = useReaderCountry()
  const choices = authorityCountries
    .map((id) => ({ id, label: countryName(id) }))
    .toSorted((one, other) => one.label.localeCompare(other.label, 'en'))
  const value = choices.find(({ id }) => id === chosen)?.id ?? authority?.country
  return (
    <div className="card mt-4 flex flex-col gap-4 p-5 shadow-card sm:p-6">
      {authority && (
        <p className="break-words">
          <a className="link" href={authority.url} rel="noopener noreferrer">
            {authority.name}
          </a>
        </p>
      )}
      <div className="max-w-xs print:hidden">
        <Select
          label="The country you live or work in"
          choices={choices}
          onChange={chooseCountry}
          {...(value ? { value } : { placeholder: 'Choose one' })}
        />
      </div>
    </div>
  )
}

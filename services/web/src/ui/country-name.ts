/** The English name of a country code, or the code itself where there is none. */
export function countryName(code: string): string {
  return names.of(code) ?? code
}

const names = new Intl.DisplayNames('en', { type: 'region' })

const names = new Intl.DisplayNames(['en'], { type: 'region' })

/** `Germany` for `DE`; the code itself for what is no country. */
export function countryName(code: string): string {
  return names.of(code) ?? code
}

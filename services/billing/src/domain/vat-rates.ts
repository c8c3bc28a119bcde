/**
 * Standard VAT rates of the EU's member states, in hundredths of a percent, as in force since 2025-08-01. Keys are ISO
 * 3166-1 codes; the European Commission's "Taxes in Europe" database is the source to compare with.
 */
export const vatRates: Readonly<Record<string, number>> = {
  AT: 2000,
  BE: 2100,
  BG: 2000,
  CY: 1900,
  CZ: 2100,
  DE: 1900,
  DK: 2500,
  EE: 2400,
  ES: 2100,
  FI: 2550,
  FR: 2000,
  GR: 2400,
  HR: 2500,
  HU: 2700,
  IE: 2300,
  IT: 2200,
  LT: 2100,
  LU: 1700,
  LV: 2100,
  MT: 1800,
  NL: 2100,
  PL: 2300,
  PT: 2300,
  RO: 2100,
  SE: 2500,
  SI: 2200,
  SK: 2300,
}

export function isEuCountry(country: string): boolean {
  return Object.hasOwn(vatRates, country)
}

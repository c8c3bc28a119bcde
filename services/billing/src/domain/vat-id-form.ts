/**
 * What follows the two letters of a VAT number, by ISO 3166-1 code of the member state; the source is the structure
 * table of the European Commission's VIES. The form only: whether a number is valid today, VIES alone knows.
 */
const forms: Readonly<Record<string, RegExp>> = {
  AT: /^U\d{8}$/,
  BE: /^[01]\d{9}$/,
  BG: /^\d{9,10}$/,
  CY: /^\d{8}[A-Z]$/,
  CZ: /^\d{8,10}$/,
  DE: /^\d{9}$/,
  DK: /^\d{8}$/,
  EE: /^\d{9}$/,
  ES: /^(?=.*[A-Z])[A-Z0-9]\d{7}[A-Z0-9]$/,
  FI: /^\d{8}$/,
  FR: /^[A-HJ-NP-Z0-9]{2}\d{9}$/,
  GR: /^\d{9}$/,
  HR: /^\d{11}$/,
  HU: /^\d{8}$/,
  IE: /^(\d{7}[A-W][A-IW]?|\d[A-Z+*]\d{5}[A-W])$/,
  IT: /^\d{11}$/,
  LT: /^(\d{9}|\d{12})$/,
  LU: /^\d{8}$/,
  LV: /^\d{11}$/,
  MT: /^\d{8}$/,
  NL: /^[A-Z0-9+*]{9}B\d{2}$/,
  PL: /^\d{10}$/,
  PT: /^\d{9}$/,
  RO: /^\d{2,10}$/,
  SE: /^\d{12}$/,
  SI: /^\d{8}$/,
  SK: /^\d{10}$/,
}

/** The two letters a VAT number of this country begins with. */
export function vatIdPrefix(country: string): string {
  return country === 'GR' ? 'EL' : country
}

/** Whether `vatId`, without spaces and in capitals, has the form of the member state's numbers. */
export function hasVatIdForm(vatId: string, country: string): boolean {
  const prefix = vatIdPrefix(country)
  return vatId.startsWith(prefix) && forms[country]!.test(vatId.slice(prefix.length))
}

/** What one checkout or invoice amounts to; negative on a credit note. */
export interface Charge {
  readonly currency: string
  readonly netMinor: number
  readonly taxRateBasisPoints: number
  readonly taxMinor: number
  readonly grossMinor: number
  readonly taxNote: string | null
}

/** A charge as the columns that checkouts and invoices share. */
export function toChargeColumns(charge: Charge): ChargeRow {
  return {
    currency: charge.currency,
    net_minor: charge.netMinor,
    tax_rate_basis_points: charge.taxRateBasisPoints,
    tax_minor: charge.taxMinor,
    gross_minor: charge.grossMinor,
    tax_note: charge.taxNote,
  }
}

export function toCharge(row: ChargeRow): Charge {
  return {
    currency: row.currency,
    netMinor: row.net_minor,
    taxRateBasisPoints: row.tax_rate_basis_points,
    taxMinor: row.tax_minor,
    grossMinor: row.gross_minor,
    taxNote: row.tax_note,
  }
}

interface ChargeRow {
  currency: string
  net_minor: number
  tax_rate_basis_points: number
  tax_minor: number
  gross_minor: number
  tax_note: string | null
}

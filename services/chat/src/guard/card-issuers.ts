/** Whether an issuer of payment cards gives out numbers that begin so and are that long. */
export function issuerAllows(digits: string): boolean {
  return issuers.some(({ ranges, lengths }) => lengths.includes(digits.length) && isWithin(digits, ranges))
}

function isWithin(digits: string, ranges: readonly Range[]): boolean {
  return ranges.some(([from, to]) => {
    const start = Number(digits.slice(0, String(from).length))
    return start >= from && start <= to
  })
}

/** First and last of the numbers that a card's number may begin with. */
export type Range = readonly [from: number, to: number]

/** Issuer identification numbers in use (ISO/IEC 7812-1), as the networks publish them. */
export const issuers: readonly { name: string; ranges: readonly Range[]; lengths: readonly number[] }[] = [
  { name: 'Visa', ranges: [[4, 4]], lengths: [13, 16, 19] },
  {
    name: 'Mastercard',
    ranges: [
      [51, 55],
      [2221, 2720],
    ],
    lengths: [16],
  },
  {
    name: 'American Express',
    ranges: [
      [34, 34],
      [37, 37],
    ],
    lengths: [15],
  },
  {
    name: 'Diners Club',
    ranges: [
      [300, 305],
      [3095, 3095],
      [36, 36],
      [38, 39],
    ],
    lengths: [14, 16, 19],
  },
  {
    name: 'Discover',
    ranges: [
      [6011, 6011],
      [644, 649],
      [65, 65],
    ],
    lengths: [16, 19],
  },
  { name: 'JCB', ranges: [[3528, 3589]], lengths: [16, 19] },
  { name: 'UnionPay', ranges: [[62, 62]], lengths: [16, 17, 18, 19] },
  {
    name: 'Maestro',
    ranges: [
      [5018, 5018],
      [5020, 5020],
      [5038, 5038],
      [5893, 5893],
      [6304, 6304],
      [6759, 6759],
      [6761, 6763],
    ],
    lengths: [13, 14, 15, 16, 17, 18, 19],
  },
  { name: 'Mir', ranges: [[2200, 2204]], lengths: [16, 17, 18, 19] },
]

import { expect, test } from 'vitest'
import {
  assessTax,
  chargeFor,
  netOfGross,
  outsideEuNote,
  reverseChargeNote,
  taxOnNet,
} from '../src/domain/tax.ts'
import { vatRates } from '../src/domain/vat-rates.ts'

test.each([
  ['DE', 'DE', null, 1900, null],
  ['DE', 'DE', 'DE999999999', 1900, null],
  ['DE', 'FR', 'FR12345678901', 0, reverseChargeNote],
  ['DE', 'FR', null, 2000, null],
  ['DE', 'FR', '', 2000, null],
  ['DE', 'HU', undefined, 2700, null],
  ['DE', 'FI', null, 2550, null],
  ['DE', 'GR', 'EL123456789', 0, reverseChargeNote],
  ['DE', 'CH', null, 0, outsideEuNote],
  ['DE', 'GB', 'GB123456789', 0, outsideEuNote],
  ['FR', 'DE', null, 1900, null],
  ['FR', 'FR', 'FR12345678901', 2000, null],
])(
  'a seller in %s charges a buyer in %s with VAT number %s: %i',
  (seller, country, vatId, rateBasisPoints, note) => {
    expect(assessTax(seller, { country, vatId })).toEqual({ rateBasisPoints, note })
  },
)

test('there is a rate for each of the 27 member states, between the lowest and the highest that are in force', () => {
  expect(Object.keys(vatRates)).toHaveLength(27)
  expect(Math.min(...Object.values(vatRates))).toBe(1700)
  expect(Math.max(...Object.values(vatRates))).toBe(2700)
})

test('tax is rounded half up, in integers', () => {
  expect(taxOnNet(2900, 1900)).toBe(551)
  expect(taxOnNet(2900, 2550)).toBe(740)
  expect(taxOnNet(10, 2500)).toBe(3)
  expect(taxOnNet(9, 2500)).toBe(2)
  expect(taxOnNet(1, 5000)).toBe(1)
  expect(taxOnNet(9900, 0)).toBe(0)
})

test('net and tax always add up to gross, and the net of a whole gross is the net it came from', () => {
  for (const rateBasisPoints of [0, ...Object.values(vatRates)]) {
    const amounts = Array.from({ length: 10_000 }, (_, n) => n + 1)
    const charges = amounts.map((amountMinor) =>
      chargeFor({ amountMinor, currency: 'EUR' }, { rateBasisPoints, note: null }),
    )
    expect(
      charges.filter(({ netMinor, taxMinor, grossMinor }) => netMinor + taxMinor !== grossMinor),
    ).toEqual([])
    expect(charges.map(({ grossMinor }) => netOfGross(grossMinor, rateBasisPoints))).toEqual(amounts)
  }
})

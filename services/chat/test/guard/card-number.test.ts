import fc from 'fast-check'
import { expect, test } from 'vitest'
import { issuers } from '../../src/guard/card-issuers.ts'
import { findCardNumbers, passesLuhn } from '../../src/guard/card-number.ts'

const found = (text: string) => findCardNumbers(text).map(({ start, end }) => text.slice(start, end))

/** A number that an issuer could have given out. */
const cardNumber = fc
  .constantFrom(...issuers)
  .chain(({ ranges, lengths }) =>
    fc.tuple(fc.constantFrom(...ranges), fc.constantFrom(...lengths), fc.nat(), fc.bigInt(0n, 10n ** 19n)),
  )
  .map(([[from, to], length, pick, tail]) => {
    const start = String(from + (pick % (to - from + 1)))
    const body = (start + String(tail).padStart(19, '0')).slice(0, length - 1)
    return body + [...'0123456789'].find((digit) => passesLuhn(body + digit))!
  })

const separators = [' ', '-', '.', '\u00a0', ' - ', '']
const words = ['My card is ', 'karte:', '(', 'Visa ', 'pay with «', '\n', 'кредитка ', '卡号']
const groupings = [
  (digits: string) => digits.match(/.{1,4}/g)!,
  (digits: string) => digits.split(''),
  (digits: string) =>
    digits.length === 15 ? [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)] : [digits],
]

test('every number that a card can have is found whole, in one piece or in groups, wherever it stands', () => {
  const written = fc.tuple(
    cardNumber,
    fc.constantFrom(...groupings),
    fc.constantFrom(...separators.filter((one) => one.length < 3)),
    fc.constantFrom(...words),
    fc.constantFrom('', ' expires 12/27', ', cvc 123', '\nthanks', ')'),
  )
  fc.assert(
    fc.property(written, ([digits, group, separator, before, after]) => {
      const number = group(digits).join(separator)
      // Of bar codes a few are cards' numbers as well; one in ten of those of old, short cards.
      fc.pre(
        !(number.length === 13 && isBarCode(number)) &&
          !/^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{8}$/.test(number),
      )
      expect(found(before + number + after)).toEqual([number])
    }),
    { numRuns: 2_000 },
  )
})

test('one wrong digit makes it another number, which is left', () => {
  fc.assert(
    fc.property(cardNumber, fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
      const place = at % digits.length
      const wrong = digits.slice(0, place) + ((Number(digits[place]) + by) % 10) + digits.slice(place + 1)
      expect(found(wrong)).toEqual([])
    }),
  )
})

test.each([
  ['a telephone number with its plus', 'Call +44 1111 1111 1111 or +4411111111111'],
  ['two telephone numbers side by side', 'Call 415 555 0132 415 555 0133'],
  ['national telephone numbers', '(030) 4111 1111, 0800-411-1111, 415-555-0132'],
  ['an account number', 'DE41 4111 1111 1111 1111 11, gb41411111111111111111'],
  [
    'times and dates',
    '2026-11-22 05:01:58.123456 20261122050158 30112026120004 1763787718123 1763787718123456',
  ],
  ['a bar code', 'EAN 4006381333931'],
  ['ids', '550e8400-e29b-41d4-a716-446655440000 019aaa11-1111-7111-8111-411111111111'],
  ['order numbers', 'order 1004111111111111, ticket 98765432109876, 000000000000000000004111'],
  ['a longer number with a card inside', '9941111111111111111199'],
  ['amounts', '4,111.11 1.111.111,11 EUR 4111,11 and 41.11.11'],
])('%s is left', (_, text) => {
  expect(found(text)).toEqual([])
})

test('of numbers that only happen to be long, very few are taken for a card', () => {
  const one = fc.bigInt(10n ** 12n, 10n ** 19n - 1n).map(String)
  const numbers = fc.sample(one, { numRuns: 20_000, seed: 7 })
  expect(numbers.filter((number) => found(number).length > 0).length / numbers.length).toBeLessThan(0.03)
  const stamps = Array.from({ length: 20_000 }, (_, n) => new Date(1_763_787_718_123 + n * 86_461_003))
  const wrong = stamps.flatMap((at) => {
    const [day, time] = [at.toISOString().slice(0, 10), at.toISOString().slice(11, 19)]
    const [y, m, d] = day.split('-')
    const forms = [
      at.toISOString(),
      String(at.getTime()),
      `${d}${m}${y}${time.replaceAll(':', '')}`,
      `${day} ${time}`,
    ]
    return forms.flatMap(found)
  })
  expect(wrong).toEqual([])
})

function isBarCode(digits: string): boolean {
  const sum = [...digits].reduce(
    (total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3),
    0,
  )
  return sum % 10 === 0
}

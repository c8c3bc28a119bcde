import type { Policy } from '@candor/contracts/policy/policy'
import { packs } from '@candor/policy/packs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskText } from '../../src/guard/mask-text.ts'

const all: Policy['guard'] = {
  patterns: ['card-number', 'iban', 'national-id'],
  keywords: ['HIV', 'my religion'],
}

test.each([
  ['card-number', 'Take 4111 1111 1111 1111, please', 'Take [card number removed], please'],
  ['iban', 'Pay to DE89 3704 0044 0532 0130 00!', 'Pay to [account number removed]!'],
  ['iban', 'gb82west12345698765432', '[account number removed]'],
  ['national-id', 'SSN 536-22-1234', 'SSN [identity number removed]'],
  ['national-id', 'NI AB 12 34 56 C', 'NI [identity number removed]'],
  ['national-id', 'DNI 12345678Z', 'DNI [identity number removed]'],
  ['national-id', 'codice RSSMRA85T10A562S', 'codice [identity number removed]'],
  ['national-id', 'NIR 2 55 08 14 168 025 38', 'NIR [identity number removed]'],
  ['national-id', 'passport no. C01X00T47', 'passport no. [identity number removed]'],
  ['national-id', 'PESEL: 44051401359', 'PESEL: [identity number removed]'],
  ['keyword', 'I have hiv.', 'I have [removed].'],
  ['keyword', 'It is against My  Religion', 'It is against [removed]'],
])('%s: "%s" is stored as "%s"', (kind, text, stored) => {
  expect(maskText(all, text)).toEqual({ text: stored, masked: [kind] })
})

test.each([
  'Order 12345678, SKU DE-4711, room 12 B, 10 am',
  'My number is 07911 123456, or 415-555-0132, or 44051401359',
  'archive, HIVE and religion',
  'ISBN 978-3-16-148410-0, DE00 1234 5678 9012 3456 78',
])('"%s" is left as it is', (text) => {
  expect(maskText(all, text)).toEqual({ text, masked: [] })
})

test('what a policy does not name is left, and every pack names card numbers', () => {
  const iban = 'DE89370400440532013000'
  for (const { id, policy } of Object.values(packs)) {
    expect(maskText(policy.guard, '4111111111111111').masked, id).toEqual(['card-number'])
    expect(maskText(policy.guard, iban).masked.length, id).toBe(
      policy.guard.patterns.includes('iban') ? 1 : 0,
    )
  }
  expect(maskText(packs.imocloud.policy.guard, 'She has diabetes').masked).toEqual(['keyword'])
  expect(maskText(packs.chatinbox.policy.guard, 'She has diabetes').masked).toEqual([])
})

test('whatever is written, masking it again changes nothing, and what is around it stays', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('4111 1111 1111 1111', 'DE89370400440532013000', 'HIV', '536-22-1234', ' ', '\n'),
  )
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const once = maskText(all, pieces.join(' '))
      expect(maskText(all, once.text).masked).toEqual([])
      if (once.masked.length === 0) expect(once.text).toBe(pieces.join(' '))
    }),
  )
  expect(maskText(all, 'x 4111111111111111', 10).text).toBe('x [card nu')
})

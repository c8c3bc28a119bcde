import { expect, test } from 'vitest'
import { holdsCardNumber } from '../src/domain/card-number.ts'

test.each([
  '4242424242424242',
  '4242 4242 4242 4242',
  '4242-4242-4242-4242',
  '4242.4242.4242.4242',
  '4242\u00a04242\u20134242 \u2014 4242',
  '４２４２４２４２４２４２４２４２',
  'Card: 378282246310005, thanks',
  'Suite 12 4000 0000 0000 0002',
  '4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2',
  '1 4242 4242 4242 4242 / 12 / 99',
  '4222222222222',
  '6304000000000000000',
])('%s could be a card number', (text) => {
  expect(holdsCardNumber(text)).toBe(true)
})

test.each([
  'Rosenhof GmbH',
  'Gartenweg 3, 20095 Hamburg',
  'DE123456789',
  'SE556677889901',
  '4242 4242 4242 4241',
  '+49 40 1234567',
  'Unit 42, 42-44 Long Road, 4242 AB',
  '',
])('%s is no card number', (text) => {
  expect(holdsCardNumber(text)).toBe(false)
})

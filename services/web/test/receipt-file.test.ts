import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { expect, test } from 'vitest'
import { countIn, groupKept } from '../src/privacy/receipt/group-kept.ts'
import { readReceipt, saysTheSame } from '../src/privacy/receipt/receipt-file.ts'

test('a receipt is read from the downloaded file or from the bare signature', () => {
  const receipt = { requestId: 'r1' }
  expect(readReceipt(JSON.stringify({ receipt, jws: 'a.b.c', publicKey: {} }))).toEqual({
    jws: 'a.b.c',
    readable: receipt,
  })
  expect(readReceipt('  a.b.c\n')).toEqual({ jws: 'a.b.c' })
})

test('a file that is cut off or lacks its signature is refused in words', () => {
  for (const text of ['{"receipt": {"requ', '{"receipt": {}}', '{"jws": 1}']) {
    expect(readReceipt(text).problem).toMatch(/^It /)
  }
})

test('the readable part must say what was signed: neither more, less, nor other', () => {
  const signed = { services: [{ rows: 1, until: null }], business: 'Rosie' }
  expect(saysTheSame({ business: 'Rosie', services: [{ until: null, rows: 1 }] }, signed)).toBe(true)
  for (const other of [
    { ...signed, business: 'Mina' },
    { ...signed, more: 1 },
    { business: 'Rosie' },
    { ...signed, services: [] },
    { ...signed, services: { 0: { rows: 1, until: null } } },
    null,
    'Rosie',
  ]) {
    expect(saysTheSame(other, signed)).toBe(false)
  }
})

test('what several services keep for one reason is told once, with all their rows', () => {
  const kept = { table: 'tombstones', category: 'rights-requests', rows: 2, reason: 'A hash', until: null }
  const services = (['identity', 'chat'] as const).map((service) => ({ service, kept: [kept] }))
  const receipt = { services } as unknown as ErasureReceipt
  expect(groupKept(receipt)).toEqual([
    { reason: 'A hash', until: null, rows: 4, services: ['identity', 'chat'] },
  ])
})

test('records of several services are told as one sum, not as so many in each', () => {
  expect(countIn(1, ['chat'])).toBe('1 record in Chat')
  expect(countIn(4, ['chat', 'billing'])).toBe('4 records in total across Chat and Billing')
})

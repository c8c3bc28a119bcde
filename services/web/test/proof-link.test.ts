import { expect, test } from 'vitest'
import { readProofLink } from '../src/privacy/proof-link.ts'

test('a mailed link says which request it proves and what the proof sets off', () => {
  expect(readProofLink('#request=r1&kind=access&proof=s-_1')).toEqual({
    requestId: 'r1',
    proof: 's-_1',
    kind: 'access',
  })
})

test('a link that does not say its kind is taken for an erasure, so that nobody erases unasked', () => {
  expect(readProofLink('#request=r1&proof=s1')?.kind).toBe('erasure')
  expect(readProofLink('#request=r1&proof=s1&kind=other')?.kind).toBe('erasure')
})

test('a fragment that is no proof is left alone', () => {
  for (const fragment of ['', '#', '#main', '#request=r1', '#proof=s1']) {
    expect(readProofLink(fragment)).toBeNull()
  }
})

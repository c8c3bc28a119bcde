import { randomBytes, randomInt } from 'node:crypto'

/** Names of a business in addresses, best first: its own name, then with a few random characters behind it. */
export function* slugCandidates(company: string): Generator<string> {
  const plain = company
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  const base = plain || 'business'
  yield base
  for (let attempt = 0; attempt < 20; attempt++) yield `${base}-${randomSuffix()}`
}

/** Stands in pages for all to read: hard to guess, so that businesses can't be counted through. */
export function newWidgetKey(): string {
  return `wk_${randomBytes(18).toString('base64url')}`
}

function randomSuffix(): string {
  return Array.from({ length: 5 }, () => suffixCharacters[randomInt(suffixCharacters.length)]).join('')
}

/** None that look like another. */
const suffixCharacters = 'abcdefghjkmnpqrstuvwxyz23456789'

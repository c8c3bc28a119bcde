import { isSame, nodeHash } from './hash.ts'

/** Whether `path` leads from a leaf to the root of `size` leaves (RFC 9162, section 2.1.3.2). */
export async function isIncluded(proof: {
  leaf: Uint8Array
  position: number
  size: number
  root: Uint8Array
  path: readonly Uint8Array[]
}): Promise<boolean> {
  const { leaf, position, size, root, path } = proof
  if (position >= size) return false
  let [at, last, hash] = [position, size - 1, leaf]
  for (const sibling of path) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      hash = await nodeHash(sibling, hash)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else hash = await nodeHash(hash, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && isSame(hash, root)
}

/** Whether a tree of `to` leaves begins with one of `from` leaves (RFC 9162, section 2.1.4.2). */
export async function isContinued(proof: {
  from: number
  to: number
  fromRoot: Uint8Array
  toRoot: Uint8Array
  path: readonly Uint8Array[]
}): Promise<boolean> {
  const { from, to, fromRoot, toRoot } = proof
  if (from < 1 || from > to) return false
  if (from === to) return proof.path.length === 0 && isSame(fromRoot, toRoot)
  const path = isPowerOfTwo(from) ? [fromRoot, ...proof.path] : proof.path
  const [first, ...rest] = path
  if (!first) return false
  let [at, last] = [from - 1, to - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  let [before, after] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      before = await nodeHash(sibling, before)
      after = await nodeHash(sibling, after)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else after = await nodeHash(after, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && isSame(before, fromRoot) && isSame(after, toRoot)
}

/** Positions are wider than the 32 bits that JavaScript's own bit operators take. */
function half(number: number): number {
  return Math.floor(number / 2)
}

function isOdd(number: number): boolean {
  return number % 2 === 1
}

function isPowerOfTwo(number: number): boolean {
  return Number.isInteger(Math.log2(number))
}

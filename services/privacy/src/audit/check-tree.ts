import { nodeHash } from './merkle-tree.ts'

/** Whether `path` leads from a leaf to the root of `size` leaves (RFC 9162, section 2.1.3.2). */
export function isIncluded(proof: {
  leaf: Buffer
  position: number
  size: number
  root: Buffer
  path: readonly Buffer[]
}): boolean {
  const { leaf, position, size, root, path } = proof
  if (position >= size) return false
  let [at, last, hash] = [position, size - 1, leaf]
  for (const sibling of path) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else hash = nodeHash(hash, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && hash.equals(root)
}

/** Whether a tree of `to` leaves begins with one of `from` leaves (RFC 9162, section 2.1.4.2). */
export function isContinued(proof: {
  from: number
  to: number
  fromRoot: Buffer
  toRoot: Buffer
  path: readonly Buffer[]
}): boolean {
  const { from, to, fromRoot, toRoot } = proof
  if (from < 1 || from > to) return false
  if (from === to) return proof.path.length === 0 && fromRoot.equals(toRoot)
  const path = isPowerOfTwo(from) ? [fromRoot, ...proof.path] : proof.path
  const [first, ...rest] = path
  if (!first) return false
  let [at, last] = [from - 1, to - 1]
  while (isOdd(at)) [at, last] = [half(at), half(last)]
  let [before, after] = [first, first]
  for (const sibling of rest) {
    if (last === 0) return false
    if (isOdd(at) || at === last) {
      before = nodeHash(sibling, before)
      after = nodeHash(sibling, after)
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else after = nodeHash(after, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && before.equals(fromRoot) && after.equals(toRoot)
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

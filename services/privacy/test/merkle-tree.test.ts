import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isContinued, isIncluded } from '@candor/audit-log/check-tree'
import {
  consistencyPath,
  growTree,
  inclusionPath,
  leafHash,
  nodeHash,
  rootOf,
} from '../src/audit/merkle-tree.ts'

/** The definition of RFC 6962, section 2.1, word for word and slow. */
function rootByDefinition(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return rootOf(0, () => Buffer.alloc(0))
  if (leaves.length === 1) return leaves[0]!
  let half = 1
  while (half * 2 < leaves.length) half *= 2
  return nodeHash(rootByDefinition(leaves.slice(0, half)), rootByDefinition(leaves.slice(half)))
}

function plant(steps: readonly number[]) {
  const nodes = new Map<string, Buffer>()
  const read = (level: number, index: number) => nodes.get(`${level} ${index}`)!
  const leaves: Buffer[] = []
  for (const step of steps) {
    const more = Array.from({ length: step }, (_, at) => leafHash(`leaf ${leaves.length + at}`))
    for (const { level, index, hash } of growTree(leaves.length, more, read))
      nodes.set(`${level} ${index}`, hash)
    leaves.push(...more)
  }
  return { leaves, read }
}

const steps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })

test('however a log grew, its root is the one the definition gives', () => {
  expect(rootOf(0, () => Buffer.alloc(0)).toString('hex')).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  )
  fc.assert(
    fc.property(steps, (grown) => {
      const { leaves, read } = plant(grown)
      expect(rootOf(leaves.length, read)).toEqual(rootByDefinition(leaves))
    }),
  )
})

test('each leaf is proven in each log that holds it, and in no other place, log or form', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), fc.nat(), async (grown, at, end) => {
      const { leaves, read } = plant(grown)
      const size = 1 + (end % leaves.length)
      const position = at % size
      const path = inclusionPath(position, size, read)
      const proof = { leaf: leaves[position]!, position, size, root: rootOf(size, read), path }
      expect(await isIncluded(proof)).toBe(true)
      expect(await isIncluded({ ...proof, leaf: leafHash('another') })).toBe(false)
      expect(await isIncluded({ ...proof, path: [...path, leafHash('more')] })).toBe(false)
      expect(await isIncluded({ ...proof, position: size })).toBe(false)
      if (size > 1) {
        expect(await isIncluded({ ...proof, position: (position + 1) % size })).toBe(false)
        expect(await isIncluded({ ...proof, path: path.slice(1) })).toBe(false)
        expect(await isIncluded({ ...proof, root: rootOf(size - 1, read) })).toBe(false)
      }
    }),
  )
})

test('a later log is proven to begin with each earlier one, and with nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), fc.nat(), async (grown, one, other) => {
      const { leaves, read } = plant(grown)
      const to = 1 + (one % leaves.length)
      const from = 1 + (other % to)
      const path = consistencyPath(from, to, read)
      const proof = { from, to, fromRoot: rootOf(from, read), toRoot: rootOf(to, read), path }
      expect(await isContinued(proof)).toBe(true)
      expect(await isContinued({ ...proof, fromRoot: leafHash('another') })).toBe(false)
      expect(await isContinued({ ...proof, toRoot: leafHash('another') })).toBe(false)
      expect(await isContinued({ ...proof, path: [...path, leafHash('more')] })).toBe(false)
      if (path.length > 0) expect(await isContinued({ ...proof, path: path.slice(1) })).toBe(false)
    }),
  )
})

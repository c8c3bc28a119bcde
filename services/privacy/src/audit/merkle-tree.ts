import { createHash } from 'node:crypto'
import { leafPrefix, nodePrefix } from '@candor/audit-log/hash'
import { leafText } from '@candor/audit-log/leaf-text'
import type { AuditEntry } from '@candor/contracts/privacy/audit'

/**
 * The tree of RFC 6962, section 2.1: leaves and nodes are hashed under different prefixes, so that neither passes for
 * the other. Level 0 holds the leaves; a node stands here once all leaves under it are there, and never changes.
 */
export type ReadNode = (level: number, index: number) => Buffer

export interface Node {
  level: number
  index: number
  hash: Buffer
}

export function leafHash(text: string): Buffer {
  return createHash('sha256').update(leafPrefix).update(text, 'utf8').digest()
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest()
}

export function leafOf(entry: AuditEntry): Buffer {
  return leafHash(leafText(entry))
}

/** The nodes that come with more leaves. Of the old tree only the roots of its full parts are read. */
export function growTree(size: number, leaves: readonly Buffer[], read: ReadNode): Node[] {
  const grown = new Map<string, Node>()
  const put = (node: Node) => void grown.set(`${node.level} ${node.index}`, node)
  const get = (level: number, index: number) => grown.get(`${level} ${index}`)?.hash ?? read(level, index)
  for (const [at, leaf] of leaves.entries()) {
    let node: Node = { level: 0, index: size + at, hash: leaf }
    put(node)
    while (node.index % 2 === 1) {
      const hash = nodeHash(get(node.level, node.index - 1), node.hash)
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash }
      put(node)
    }
  }
  return [...grown.values()]
}

export function rootOf(size: number, read: ReadNode): Buffer {
  return size === 0 ? createHash('sha256').digest() : hashOfRange(0, size, read)
}

/** The hashes that lead from a leaf to the root, lowest first. */
export function inclusionPath(position: number, size: number, read: ReadNode): Buffer[] {
  const lead = (start: number, end: number): Buffer[] => {
    if (end - start === 1) return []
    const middle = start + split(end - start)
    return position < middle
      ? [...lead(start, middle), hashOfRange(middle, end, read)]
      : [...lead(middle, end), hashOfRange(start, middle, read)]
  }
  return lead(0, size)
}

/** The hashes from which both the root of the first `from` leaves and that of all `to` follow. */
export function consistencyPath(from: number, to: number, read: ReadNode): Buffer[] {
  const lead = (count: number, start: number, end: number, isWhole: boolean): Buffer[] => {
    if (count === end - start) return isWhole ? [] : [hashOfRange(start, end, read)]
    const half = split(end - start)
    return count <= half
      ? [...lead(count, start, start + half, isWhole), hashOfRange(start + half, end, read)]
      : [...lead(count - half, start + half, end, false), hashOfRange(start, start + half, read)]
  }
  return lead(from, 0, to, true)
}

function hashOfRange(start: number, end: number, read: ReadNode): Buffer {
  const count = end - start
  const level = Math.log2(count)
  if (Number.isInteger(level)) return read(level, start / count)
  const half = split(count)
  return nodeHash(hashOfRange(start, start + half, read), hashOfRange(start + half, end, read))
}

/** The largest power of two below `count`. */
function split(count: number): number {
  let half = 1
  while (half * 2 < count) half *= 2
  return half
}

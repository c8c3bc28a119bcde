import type { PublicKey } from '@candor/contracts/identity/schemas'
import type { AuditHead, AuditProof } from '@candor/contracts/privacy/audit'
import { isIncluded } from './check-tree.ts'
import { fromHex, leafHash } from './hash.ts'
import { leafText } from './leaf-text.ts'
import { trustHead } from './open-head.ts'

/**
 * Checks with no network that an entry stands in the log that a head was signed for. Answers that head, throws in plain
 * words what is wrong.
 */
export async function checkProof({ entry, path, signed }: AuditProof, key?: PublicKey): Promise<AuditHead> {
  const head = await trustHead(signed, key)
  const { size, root } = head
  const leaf = await leafHash(leafText(entry))
  const proof = { leaf, position: entry.position, size, root: fromHex(root), path: path.map(fromHex) }
  if (!(await isIncluded(proof)))
    throw new Error('the entry is not in the log that was signed, or not as it stands here')
  return head
}

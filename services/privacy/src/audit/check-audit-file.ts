import { AuditConsistency, AuditLogFile, AuditProof } from '@candor/contracts/privacy/audit'
import type { SignedAuditHead } from '@candor/contracts/privacy/audit'
import { PublicKey } from '@candor/contracts/identity/schemas'
import { keyIdOf } from '../domain/key-id.ts'
import { isContinued, isIncluded } from './check-tree.ts'
import { leafOf } from './leaf.ts'
import { growTree, rootOf } from './merkle-tree.ts'
import { openHead } from './sign-head.ts'

/**
 * Checks a file about an audit log with no network and no database: the proof of an entry, the proof that a later log
 * continues an earlier one, or a whole log. Answers what was shown, throws in plain words what is wrong.
 */
export async function checkAuditFile(text: string, keyText: string | undefined): Promise<string> {
  const json: unknown = JSON.parse(text)
  const key = keyText === undefined ? undefined : PublicKey.parse(JSON.parse(keyText))
  const proof = AuditProof.safeParse(json)
  if (proof.success) return checkProof(proof.data, key)
  const consistency = AuditConsistency.safeParse(json)
  if (consistency.success) return checkConsistency(consistency.data, key)
  const log = AuditLogFile.safeParse(json)
  if (log.success) return checkLog(log.data, key)
  throw new Error('this is no proof from an audit log and no audit log')
}

/** Whether a text can be meant for `checkAuditFile`: receipts carry no signed head. */
export function isAuditFile(text: string): boolean {
  return /^\s*\{/.test(text) && /"(signed|earlier)"\s*:/.test(text)
}

async function checkProof({ entry, path, signed }: AuditProof, key: PublicKey | undefined): Promise<string> {
  const { size, root } = await trust(signed, key)
  const { position } = entry
  const proof = { leaf: leafOf(entry), position, size, root: fromHex(root), path: path.map(fromHex) }
  if (!isIncluded(proof))
    throw new Error('the entry is not in the log that was signed, or not as it stands here')
  return `Valid: entry ${position} (${entry.what}, ${entry.at}) stands in the log of ${size} entries.\n`
}

async function checkConsistency(
  { earlier, later, path }: AuditConsistency,
  key: PublicKey | undefined,
): Promise<string> {
  const [before, after] = [await trust(earlier, key), await trust(later, key)]
  if (before.tenantId !== after.tenantId) throw new Error('these are the logs of two businesses')
  const fits = isContinued({
    from: before.size,
    to: after.size,
    fromRoot: fromHex(before.root),
    toRoot: fromHex(after.root),
    path: path.map(fromHex),
  })
  if (!fits) throw new Error('the later log does not begin with the earlier one')
  return `Valid: the log of ${after.size} entries begins with that of ${before.size}, unchanged.\n`
}

async function checkLog({ entries, signed }: AuditLogFile, key: PublicKey | undefined): Promise<string> {
  const { size, root } = await trust(signed, key)
  const ordered = entries.toSorted((one, other) => one.position - other.position)
  if (ordered.length !== size || ordered.some(({ position }, at) => position !== at))
    throw new Error(`the file does not hold each of the ${size} entries once`)
  const nodes = growTree(0, ordered.map(leafOf), () => Buffer.alloc(0))
  const hashes = new Map(nodes.map(({ level, index, hash }) => [`${level} ${index}`, hash]))
  const found = rootOf(size, (level, index) => hashes.get(`${level} ${index}`)!)
  if (!found.equals(fromHex(root))) throw new Error('the entries are not those that were signed')
  return `Valid: all ${size} entries are those that were signed.\n`
}

async function trust({ head, jws, publicKey }: SignedAuditHead, key: PublicKey | undefined) {
  const used = key ?? publicKey
  if ((await keyIdOf(used)) !== used.kid) throw new Error('the public key goes under the name of another')
  const signed = await openHead(jws, used)
  if (JSON.stringify(signed) !== JSON.stringify(head))
    throw new Error('the readable part of the head says something else than what was signed')
  return signed
}

function fromHex(hash: string): Buffer {
  return Buffer.from(hash, 'hex')
}

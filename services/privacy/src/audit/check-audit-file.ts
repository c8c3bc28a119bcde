import { AuditConsistency, AuditLogFile, AuditProof, SignedAuditHead } from '@candor/contracts/privacy/audit'
import { PublicKey } from '@candor/contracts/identity/schemas'
import { checkProof } from '@candor/audit-log/check-proof'
import { isContinued } from '@candor/audit-log/check-tree'
import { fromHex } from '@candor/audit-log/hash'
import { trustHead } from '@candor/audit-log/open-head'
import { growTree, leafOf, rootOf } from './merkle-tree.ts'

/**
 * Checks a file about an audit log with no network and no database: the proof of an entry, the proof that a later log
 * continues an earlier one, a head, or a whole log, also against a head that was kept of it earlier. Answers what was
 * shown, throws in plain words what is wrong.
 */
export async function checkAuditFile(
  text: string,
  keyText: string | undefined,
  keptText?: string,
): Promise<string> {
  const json: unknown = JSON.parse(text)
  const key = keyText === undefined ? undefined : PublicKey.parse(JSON.parse(keyText))
  const proof = AuditProof.safeParse(json)
  if (proof.success) return tellProof(proof.data, key)
  const consistency = AuditConsistency.safeParse(json)
  if (consistency.success) return checkConsistency(consistency.data, key)
  const log = AuditLogFile.safeParse(json)
  if (log.success) return checkLog(log.data, key, keptText)
  const head = SignedAuditHead.safeParse(json)
  if (head.success) return tellHead(head.data, key)
  throw new Error('this is no audit log, and neither a proof from one nor a head of one')
}

/** Whether a text can be meant for `checkAuditFile`: receipts carry no signed head. */
export function isAuditFile(text: string): boolean {
  return /^\s*\{/.test(text) && /"(signed|earlier|head)"\s*:/.test(text)
}

async function tellProof(proof: AuditProof, key: PublicKey | undefined): Promise<string> {
  const { size } = await checkProof(proof, key)
  const { position, what, at } = proof.entry
  return `Valid: entry ${position} (${what}, ${at}) stands in the log of ${size} entries.\n`
}

async function checkConsistency(
  { earlier, later, path }: AuditConsistency,
  key: PublicKey | undefined,
): Promise<string> {
  const [before, after] = [await trustHead(earlier, key), await trustHead(later, key)]
  if (before.tenantId !== after.tenantId) throw new Error('these are the logs of two businesses')
  const fits = await isContinued({
    from: before.size,
    to: after.size,
    fromRoot: fromHex(before.root),
    toRoot: fromHex(after.root),
    path: path.map(fromHex),
  })
  if (!fits) throw new Error('the later log does not begin with the earlier one')
  return `Valid: the log of ${after.size} entries begins with that of ${before.size}, unchanged.\n`
}

async function tellHead(signed: SignedAuditHead, key: PublicKey | undefined): Promise<string> {
  const { size, signedAt } = await trustHead(signed, key)
  return `Valid: the head of a log of ${size} entries, signed ${signedAt}. Hold a later log against it with --head.\n`
}

async function checkLog(
  { entries, signed }: AuditLogFile,
  key: PublicKey | undefined,
  keptText: string | undefined,
): Promise<string> {
  const { tenantId, size, root } = await trustHead(signed, key)
  const ordered = entries.toSorted((one, other) => one.position - other.position)
  if (ordered.length !== size || ordered.some(({ position }, at) => position !== at))
    throw new Error(`the file does not hold each of the ${size} entries once`)
  const nodes = growTree(0, ordered.map(leafOf), () => Buffer.alloc(0))
  const hashes = new Map(nodes.map(({ level, index, hash }) => [`${level} ${index}`, hash]))
  const rootAt = (length: number) =>
    rootOf(length, (level, index) => hashes.get(`${level} ${index}`)!).toString('hex')
  if (rootAt(size) !== root) throw new Error('the entries are not those that were signed')
  const told = `Valid: all ${size} entries are those that were signed.\n`
  if (keptText === undefined) return told
  const kept = await trustHead(readHead(keptText), key)
  if (kept.tenantId !== tenantId) throw new Error('the head is of the log of another business')
  if (kept.size > size) throw new Error('the log is shorter than it was when its head was kept')
  if (rootAt(kept.size) !== kept.root)
    throw new Error('the log does not begin as it was when its head was kept')
  return `${told}Its first ${kept.size} entries are those of ${kept.signedAt}, unchanged.\n`
}

function readHead(text: string): SignedAuditHead {
  const read = SignedAuditHead.safeParse(JSON.parse(text))
  if (!read.success) throw new Error('what --head names is no head of an audit log')
  return read.data
}

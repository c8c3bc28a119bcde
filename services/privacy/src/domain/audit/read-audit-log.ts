import type { CallerOf, InputOf, OutputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { AuditConsistency, AuditProof, SignedAuditHead } from '@candor/contracts/privacy/audit'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { pseudonymOf } from '@candor/service/pseudonym'
import type { Transaction } from 'kysely'
import { decodeProtectedHeader } from 'jose'
import { consistencyPath, inclusionPath, rootOf } from '../../audit/merkle-tree.ts'
import { asSigned, signHead } from '../../audit/sign-head.ts'
import {
  findAuditEntry,
  findAuditHead,
  insertAuditHead,
  listAuditEntries as listEntries,
  readSize,
  withNodes,
} from '../../store/audit-log.ts'
import type { RequestRecord } from '../../store/requests.ts'
import { findPublicKey } from '../../store/signing-keys.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { getOwnRequest } from '../requests/find-own-request.ts'
import type { Reader } from '../requests/find-own-request.ts'

type Rows = (typeof privacy)['procedures']
type Admin = CallerOf<Rows['getAuditHead']>

export function listAuditEntries(
  deps: Deps,
  { tenantId }: Admin,
  input: InputOf<Rows['listAuditEntries']>,
): Promise<OutputOf<Rows['listAuditEntries']>> {
  const { staffId, since, until, limit, ...rest } = input
  const filter = {
    ...rest,
    limit,
    who: staffId && pseudonymOf(staffId),
    since: since ? new Date(since) : undefined,
    until: until ? new Date(until) : undefined,
  }
  return asTenant(deps.db, tenantId, async (trx) => {
    const entries = await listEntries(trx, tenantId, filter)
    const last = entries.at(-1)
    return {
      entries,
      nextBefore: entries.length === limit && last && last.position > 0 ? last.position : null,
    }
  })
}

export function getAuditHead(deps: Deps, { tenantId }: Admin): Promise<SignedAuditHead> {
  return asTenant(deps.db, tenantId, (trx) => headNow(trx, deps, tenantId))
}

/** A person sees the entry of their own receipt and no other. */
export async function getAuditProof(
  deps: Deps,
  reader: Reader,
  { requestId, position }: InputOf<Rows['getAuditProof']>,
): Promise<AuditProof> {
  // A receipt of one business among all stands in the log of that business.
  const request = requestId ? await getOwnRequest(deps, reader, requestId) : undefined
  const tenantId = request?.tenantId ?? reader.tenantId
  return asTenant(deps.db, tenantId, async (trx) => {
    const entry = request
      ? await findReceiptEntry(trx, request)
      : reader.kind === 'staff' && position !== undefined
        ? await findAuditEntry(trx, tenantId, position)
        : undefined
    if (!entry) throw notFound('audit entry')
    const signed = await headNow(trx, deps, tenantId)
    const path = await withNodes(trx, tenantId, (read) =>
      inclusionPath(entry.position, signed.head.size, read),
    )
    return { entry, path: path.map(toHex), signed }
  })
}

export function getAuditConsistency(
  deps: Deps,
  { tenantId }: Admin,
  { size }: InputOf<Rows['getAuditConsistency']>,
): Promise<AuditConsistency> {
  return asTenant(deps.db, tenantId, async (trx) => {
    const jws = await findAuditHead(trx, tenantId, size)
    if (!jws) throw notFound('audit head')
    const later = await headNow(trx, deps, tenantId)
    const path = await withNodes(trx, tenantId, (read) => consistencyPath(size, later.head.size, read))
    return { earlier: await reopen(deps, jws), later, path: path.map(toHex) }
  })
}

async function findReceiptEntry(trx: Transaction<Database>, { id, tenantId }: RequestRecord) {
  const filter = { what: receiptEntered, object: id, limit: 1 }
  return (await listEntries(trx, tenantId, filter))[0]
}

export const receiptEntered = 'receipt-issued'

/** Each size of the log is signed once; every head that was handed out stays, for later logs to be held against. */
async function headNow(trx: Transaction<Database>, deps: Deps, tenantId: string): Promise<SignedAuditHead> {
  const size = await readSize(trx, tenantId)
  const known = await findAuditHead(trx, tenantId, size)
  if (known) return reopen(deps, known)
  const root = await withNodes(trx, tenantId, (read) => rootOf(size, read))
  const signedAt = deps.clock.now()
  const head = { tenantId, size, root: toHex(root), signedAt: signedAt.toISOString() }
  const jws = await signHead(deps.signingKey, head)
  await insertAuditHead(trx, { tenantId, size, jws, signedAt })
  return { head, jws, publicKey: deps.signingKey.publicKey }
}

async function reopen(deps: Deps, jws: string): Promise<SignedAuditHead> {
  const publicKey = await findPublicKey(deps.db, decodeProtectedHeader(jws).kid!)
  if (!publicKey) throw new Error('the key of a stored audit head is gone')
  return asSigned(jws, publicKey)
}

function toHex(hash: Buffer): string {
  return hash.toString('hex')
}

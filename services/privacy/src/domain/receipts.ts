import type { privacy } from '@candor/contracts/privacy'
import type { OutputOf } from '@candor/contracts/contract'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { decodeProtectedHeader } from 'jose'
import { findReceipt } from '../store/receipts.ts'
import { findPublicKey } from '../store/signing-keys.ts'
import { checkReceipt } from './check-receipt.ts'
import type { Verdict } from './check-receipt.ts'
import type { Deps } from './deps.ts'
import { getOwnRequest } from './requests/find-own-request.ts'
import type { Reader } from './requests/find-own-request.ts'

/** The receipt with all that is needed to check it elsewhere. */
export async function getReceipt(deps: Deps, reader: Reader, requestId: string): Promise<OutputOf<Row>> {
  const request = await getOwnRequest(deps, reader, requestId)
  const jws = await asTenant(deps.db, request.tenantId, (trx) => findReceipt(trx, request.id))
  if (!jws) throw notFound('receipt')
  return openReceipt(deps, jws)
}

/** A receipt as it was stored, as data and with its key. */
export async function openReceipt(deps: Deps, jws: string): Promise<OutputOf<Row>> {
  const publicKey = await findPublicKey(deps.db, decodeProtectedHeader(jws).kid!)
  const verdict = await verifyReceipt(deps, jws)
  if (!publicKey || !verdict.valid) throw new Error('a stored receipt does not verify')
  return { receipt: verdict.receipt, jws, publicKey }
}

type Row = (typeof privacy)['procedures']['getReceipt']

export function verifyReceipt(deps: Deps, jws: string): Promise<Verdict> {
  return checkReceipt(jws, (keyId) => findPublicKey(deps.db, keyId))
}

import type { CallerOf, InputOf, OutputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import { asTenant } from '@candor/runtime/tenancy'
import { decodeProtectedHeader } from 'jose'
import { listDisposalReceipts } from '../../store/disposal-receipts.ts'
import { findPublicKey } from '../../store/signing-keys.ts'
import { checkDisposal } from '../check-receipt.ts'
import type { Deps } from '../deps.ts'

/** Each with all that is needed to check it elsewhere. */
export async function listDisposals(
  deps: Deps,
  { tenantId }: CallerOf<Row>,
  { before, limit }: InputOf<Row>,
): Promise<OutputOf<Row>> {
  const found = await asTenant(deps.db, tenantId, (trx) =>
    listDisposalReceipts(trx, { tenantId, before, limit }),
  )
  return Promise.all(
    found.map(async (jws) => {
      const publicKey = await findPublicKey(deps.db, decodeProtectedHeader(jws).kid!)
      const verdict = await checkDisposal(jws, async () => publicKey)
      if (!publicKey || !verdict.valid) throw new Error('a stored receipt does not verify')
      return { receipt: verdict.receipt, jws, publicKey }
    }),
  )
}

type Row = (typeof privacy)['procedures']['listDisposals']

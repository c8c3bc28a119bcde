import type { ErasureReceipt } from '@candor/contracts/privacy/schemas'
import { queueMail } from '@candor/mail/queue-mail'
import { asTenant } from '@candor/runtime/tenancy'
import { receiptLetter } from '../domain/closing/closing-letters.ts'
import { receiptType } from '../domain/check-receipt.ts'
import type { Deps } from '../domain/deps.ts'
import { platform } from '../domain/requests/platform.ts'
import { findClosure, setClosureEnded } from '../store/closures.ts'
import { insertLedgerEntry } from '../store/erasure-ledger.ts'
import { deleteErasure } from '../store/erasures.ts'
import { holdLease } from './lease.ts'
import { signReceipt } from './sign-receipt.ts'
import type { Work } from './steps.ts'
import { writeReceipt } from './write-receipt.ts'

/** Issues the receipt of a closed account, sends it to who closed it, and forgets that address. */
export async function completeClosing(deps: Deps, { claim, subject, steps }: Work): Promise<void> {
  const { requestId, tenantId } = claim
  const now = deps.clock.now()
  const { business, closedAt } = (await asTenant(deps.db, tenantId, (trx) => findClosure(trx, tenantId)))!
  const receipt = writeReceipt({ id: requestId, of: 'business', business, openedAt: closedAt }, steps, now)
  const jws = await signReceipt(deps.signingKey, receiptType, receipt)
  await asTenant(deps.db, [tenantId, platform.id], async (trx) => {
    await holdLease(trx, claim, now)
    await setClosureEnded(trx, tenantId, { endedAt: now, jws })
    await insertLedgerEntry(trx, {
      id: requestId,
      tenantId,
      erasedAt: now.toISOString(),
      what: 'business',
      visitors: [],
      users: [],
      addresses: [],
      endsAccount: false,
    })
    for (const to of subject.emails) {
      const letter = receiptLetter(business.name, jws, keptIn(receipt))
      const onceKey = `closed-receipt:${requestId}`
      await queueMail(trx, { ...letter, tenantId: platform.id, onceKey, to, newId: deps.newId, now })
    }
    await deleteErasure(trx, requestId)
  })
}

function keptIn(receipt: ErasureReceipt): string[] {
  return receipt.services.flatMap(({ kept }) =>
    kept.map(({ rows, table, reason, until }) => {
      const end = until ? `, until ${until.slice(0, 10)}` : ''
      return `${rows} in ${table}${end}: ${reason}`
    }),
  )
}

import { asTenant } from '@candor/runtime/tenancy'
import { receiptEntered } from '../domain/audit/read-audit-log.ts'
import { digestOf, recordAct } from '../domain/audit/record-act.ts'
import { receiptType } from '../domain/check-receipt.ts'
import type { Deps } from '../domain/deps.ts'
import { entryOfPerson } from '../domain/ledger-entry.ts'
import { doesEndAccount } from '../domain/requests/acts.ts'
import { finishRequest } from '../domain/requests/finish-request.ts'
import { ofVisitor } from '../sealing/identifier.ts'
import { insertLedgerEntry } from '../store/erasure-ledger.ts'
import { deleteErasure } from '../store/erasures.ts'
import { insertReceipt } from '../store/receipts.ts'
import { endForceOfPersons, findRequest, setEnded } from '../store/requests.ts'
import { deleteAddressesEverywhere } from '../store/sealed-addresses.ts'
import { holdLease } from './lease.ts'
import { signReceipt } from './sign-receipt.ts'
import type { Work } from './steps.ts'
import { writeReceipt } from './write-receipt.ts'

/**
 * Issues the receipt and forgets whom it was about, in one transaction: as long as there is no receipt the sealed
 * identifiers are there to try again with, and with it they are gone. Hashes of them stay in the ledger, for databases
 * that are restored from before. Answers how long the erasure took.
 */
export async function completeErasure(deps: Deps, { claim, subject, steps }: Work): Promise<number> {
  const { requestId, tenantId } = claim
  const now = deps.clock.now()
  const request = (await asTenant(deps.db, tenantId, (trx) => findRequest(trx, requestId)))!
  const jws = await signReceipt(
    deps.signingKey,
    receiptType,
    writeReceipt({ ...request, of: undefined }, steps, now),
  )
  await asTenant(deps.db, tenantId, async (trx) => {
    await holdLease(trx, claim, now)
    const endsAccount = doesEndAccount(request)
    await insertLedgerEntry(trx, entryOfPerson(deps, subject, { id: requestId, endsAccount, erasedAt: now }))
    await insertReceipt(trx, { requestId, tenantId, jws, issuedAt: now })
    await finishRequest(trx, requestId, 'completed', now)
    const known = [...subject.emails, ...subject.visitorIds.map(ofVisitor)]
    const hashes = known.map((identifier) => deps.sealer.hashAddress(tenantId, identifier))
    for (const other of await deleteAddressesEverywhere(trx, hashes))
      await setEnded(trx, other, 'lapsed', now)
    await endForceOfPersons(trx, subject.visitorIds, now)
    await deleteErasure(trx, requestId)
    await recordAct(trx, deps, {
      tenantId,
      caller: { kind: 'service', service: 'privacy' },
      what: receiptEntered,
      purpose: 'serve-rights',
      object: requestId,
      detail: digestOf(jws),
    })
  })
  return (now.getTime() - request.provenAt!.getTime()) / 1_000
}

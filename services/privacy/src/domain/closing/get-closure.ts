import { services } from '@candor/contracts/callers'
import type { Caller } from '@candor/contracts/callers'
import type { Closure } from '@candor/contracts/privacy/closing'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { decodeProtectedHeader } from 'jose'
import { findClosure } from '../../store/closures.ts'
import { listSteps } from '../../store/request-steps.ts'
import { findPublicKey } from '../../store/signing-keys.ts'
import type { Deps } from '../deps.ts'
import { verifyReceipt } from '../receipts.ts'

/** How far a closing is. The token of who closed the account opens it and nothing else. */
export async function getClosure(
  deps: Deps,
  { tenantId, requestId }: Extract<Caller, { kind: 'subject' }>,
  closureId: string,
): Promise<Closure> {
  const { closure, steps } = await asTenant(deps.db, tenantId, async (trx) => {
    const found = await findClosure(trx, tenantId)
    if (found?.id !== closureId || closureId !== requestId) throw notFound('closing')
    return { closure: found, steps: await listSteps(trx, [closureId]) }
  })
  const erased = steps.filter(({ step, doneAt }) => step === 'erased' && doneAt !== null)
  return {
    state: closure.endedAt ? 'closed' : 'closing',
    closedAt: closure.closedAt.toISOString(),
    endedAt: closure.endedAt?.toISOString() ?? null,
    services: services.map((service) => ({
      service,
      isErased: erased.some((done) => done.service === service),
    })),
    receipt: closure.jws ? await withKey(deps, closure.jws) : null,
  }
}

async function withKey(deps: Deps, jws: string): Promise<NonNullable<Closure['receipt']>> {
  const publicKey = await findPublicKey(deps.db, decodeProtectedHeader(jws).kid!)
  const verdict = await verifyReceipt(deps, jws)
  if (!publicKey || !verdict.valid) throw new Error('a stored receipt does not verify')
  return { receipt: verdict.receipt, jws, publicKey }
}

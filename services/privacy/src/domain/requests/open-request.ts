import type { Caller } from '@candor/contracts/callers'
import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, InputOf, OutputOf } from '@candor/contracts/contract'
import type { RequestSource } from '@candor/contracts/privacy/request-shapes'
import type { Call } from '@candor/rpc/call'
import { badInput, notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { ofStaff, ofVisitor } from '../../sealing/identifier.ts'
import type { Identifier } from '../../sealing/identifier.ts'
import { findRequest } from '../../store/requests.ts'
import { findSealedAddress } from '../../store/sealed-addresses.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { checkDetails } from './check-details.ts'
import { describeRequest } from './describe-request.ts'
import { checkThrottle, insertOpening } from './insert-opening.ts'
import { platform } from './platform.ts'
import { limitFor } from './rules.ts'
import type { Rules } from './rules.ts'

/**
 * Opens a request. Nothing is looked up about the address, so whether it is known anywhere shows neither in the
 * answer nor in its time. A caller who has proven the address with another request goes on without a letter, and so
 * does one who is signed in where the notice takes that for proof.
 */
export async function openRequest(
  deps: Deps,
  call: Call<CallerOf<Row>>,
  input: InputOf<Row>,
): Promise<OutputOf<Row>> {
  deps.remoteThrottle.take(call.remoteAddress ?? 'unknown')
  const business = await findAsked(deps, input)
  const rules = await deps.rulesOf(business.id)
  limitFor(rules, input.kind)
  const details = checkDetails(input.kind, input)
  const [id, tenantId, now] = [deps.newId(), business.id, deps.clock.now()]
  const session = signedIn(call.caller, tenantId, rules)
  const token = session ? await deps.identity.issueSubjectToken.mutate({ tenantId, requestId: id }) : null

  const opened = await asTenant(deps.db, tenantId, async (trx) => {
    const proven = await findProven(trx, deps, call.caller, tenantId, input.email)
    const identifier = session ?? proven ?? input.email
    if (!identifier) throw badInput('email', 'an address is needed, for nothing proves who you are')
    await checkThrottle(trx, deps, { tenantId, identifier, now })
    return insertOpening(trx, deps, {
      id,
      business,
      kind: input.kind,
      source: sources[call.caller.kind] ?? 'page',
      isDirect: false,
      identifier,
      proofHow: session ? 'signed-in' : proven ? 'mailed-link' : null,
      details,
      rules,
      now,
    })
  })
  deps.alarm.ring()
  return { ...describeRequest(opened!, { details }), token }
}

type Row = (typeof privacy)['procedures']['openRequest']

const sources: Partial<Record<Caller['kind'], RequestSource>> = { visitor: 'widget', staff: 'console' }

async function findAsked(deps: Deps, input: InputOf<Row>): Promise<typeof platform> {
  if (input.everywhere || input.business === undefined) return platform
  const business = await deps.identity.findBusiness.query({ slug: input.business })
  if (!business) throw notFound('business')
  return business
}

/** Whom the caller's session stands for, at its own business alone. */
function signedIn(caller: Caller, tenantId: string, rules: Rules): Identifier | undefined {
  if (!rules.identityProof.includes('signed-in')) return undefined
  if (caller.kind === 'visitor' && caller.tenantId === tenantId) return ofVisitor(caller.visitorId)
  if (caller.kind === 'staff' && caller.tenantId === tenantId) return ofStaff(caller.userId)
  return undefined
}

/** What the caller has proven to this business, unless it is another address than the one now asked for. */
async function findProven(
  trx: Transaction<Database>,
  deps: Deps,
  caller: Caller,
  tenantId: string,
  email: string | undefined,
): Promise<Identifier | undefined> {
  if (caller.kind !== 'subject' || caller.tenantId !== tenantId) return undefined
  const request = await findRequest(trx, caller.requestId)
  const address = await findSealedAddress(trx, caller.requestId)
  if (!request?.personId || !address) return undefined
  const proven = deps.sealer.open(address.sealed, [tenantId, request.id])
  return email === undefined || email === proven ? proven : undefined
}

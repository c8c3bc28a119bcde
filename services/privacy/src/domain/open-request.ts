import { createHash, randomBytes } from 'node:crypto'
import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { PrivacyRequest } from '@candor/contracts/privacy/schemas'
import { queueMail } from '@candor/mail/queue-mail'
import type { Call } from '@candor/rpc/call'
import { badInput, notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { setDeadline } from '../store/deadlines.ts'
import { insertProof } from '../store/proofs.ts'
import { findRequest, insertRequest } from '../store/requests.ts'
import type { RequestRecord } from '../store/requests.ts'
import { findSealedAddress, insertSealedAddress, listOpenings } from '../store/sealed-addresses.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'
import { describeRequest } from './describe-request.ts'
import { oneMonthLater } from './one-month-later.ts'
import { proofLetter } from './proof-letter.ts'
import { startServing } from './start-serving.ts'
import { hourMs, tooMany } from './throttle.ts'

/**
 * Opens a request. Nothing is looked up about the address, so whether it is known anywhere shows neither in the
 * answer nor in its time. A caller who has proven the address with another request goes on without a letter.
 */
export async function openRequest(
  deps: Deps,
  call: Call<CallerOf<Row>>,
  input: InputOf<Row>,
): Promise<PrivacyRequest> {
  deps.remoteThrottle.take(call.remoteAddress ?? 'unknown')
  const business = await deps.identity.findBusiness.query({ slug: input.business })
  if (!business) throw notFound('business')

  const now = deps.clock.now()
  const opened = await asTenant(deps.db, business.id, async (trx) => {
    const proven =
      call.caller.kind === 'subject'
        ? await findProven(trx, deps, call.caller, business.id, input.email)
        : undefined
    const email = proven?.email ?? input.email
    if (!email) throw badInput('email', 'an address is needed, for nothing proves who you are')
    const hash = deps.sealer.hashAddress(business.id, email)
    await checkThrottle(trx, deps, hash, now)

    const request: RequestRecord = {
      id: deps.newId(),
      tenantId: business.id,
      personId: proven?.personId ?? null,
      business: { name: business.name, slug: business.slug },
      kind: input.kind,
      state: proven ? 'in-progress' : 'awaiting-proof',
      openedAt: now,
      provenAt: proven ? now : null,
      dueAt: proven ? oneMonthLater(now) : null,
      endedAt: null,
    }
    await insertRequest(trx, request)
    const sealed = deps.sealer.seal(email, [business.id, request.id])
    await insertSealedAddress(trx, {
      requestId: request.id,
      tenantId: business.id,
      personId: request.personId,
      sealed,
      hash,
      now,
    })
    if (proven) await startServing(trx, deps, request, email)
    else await askForProof(trx, deps, request, email)
    return request
  })
  deps.alarm.ring()
  return describeRequest(opened, [])
}

type Row = (typeof privacy)['procedures']['openRequest']

/** The address the caller has proven to this business, unless it is another than the one now asked for. */
async function findProven(
  trx: Transaction<Database>,
  deps: Deps,
  caller: { tenantId: string; requestId: string },
  tenantId: string,
  email: string | undefined,
): Promise<{ personId: string; email: string } | undefined> {
  if (caller.tenantId !== tenantId) return undefined
  const request = await findRequest(trx, caller.requestId)
  const address = await findSealedAddress(trx, caller.requestId)
  if (!request?.personId || !address) return undefined
  const proven = deps.sealer.open(address.sealed, [tenantId, request.id])
  return email === undefined || email === proven ? { personId: request.personId, email: proven } : undefined
}

async function checkThrottle(trx: Transaction<Database>, deps: Deps, hash: Buffer, now: Date): Promise<void> {
  const openings = await listOpenings(trx, hash, new Date(now.getTime() - hourMs))
  const first = openings.at(-deps.requestsPerHourAddressMax)
  if (first) throw tooMany(first.getTime() + hourMs - now.getTime())
}

async function askForProof(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
  email: string,
): Promise<void> {
  const { id: requestId, tenantId, business, openedAt: now } = request
  const secret = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + hourMs)
  await insertProof(trx, { requestId, tenantId, hash: hashProof(secret), expiresAt })
  await setDeadline(trx, { requestId, tenantId, what: 'prove', at: expiresAt })
  const { kind } = request
  // The page has to say what the proof will set off, before it is used.
  const url = `${deps.publicUrl}/privacy/${business.slug}#request=${requestId}&kind=${kind}&proof=${secret}`
  const letter = proofLetter({ business: business.name, kind, url })
  await queueMail(trx, {
    ...letter,
    tenantId,
    onceKey: `proof:${requestId}`,
    to: email,
    newId: deps.newId,
    now,
  })
}

export function hashProof(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

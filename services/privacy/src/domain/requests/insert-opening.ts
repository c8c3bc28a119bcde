import { createHash, randomBytes } from 'node:crypto'
import type { IdentityProof, RequestDetails, RequestSource } from '@candor/contracts/privacy/request-shapes'
import type { RequestKind } from '@candor/contracts/policy/policy'
import { queueMail } from '@candor/mail/queue-mail'
import { endOf } from '@candor/policy/period'
import type { Transaction } from 'kysely'
import { addressOf } from '../../sealing/identifier.ts'
import type { Identifier } from '../../sealing/identifier.ts'
import { sealDetails } from '../../sealing/sealed-details.ts'
import { setDeadline } from '../../store/deadlines.ts'
import { insertProof } from '../../store/proofs.ts'
import { insertDetails } from '../../store/request-details.ts'
import { insertRequest } from '../../store/requests.ts'
import type { RequestRecord } from '../../store/requests.ts'
import { insertSealedAddress, listOpenings, lockPersonOfAddress } from '../../store/sealed-addresses.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { hourMs, tooMany } from '../throttle.ts'
import { proofLetter } from './proof-letter.ts'
import { limitFor } from './rules.ts'
import type { Rules } from './rules.ts'
import { startServing, stateAtProof } from './start-serving.ts'

/**
 * Writes a request down with whatever comes at once: the letter that asks for proof, or, where it is proven, the
 * beginning of its service. Answers undefined where it is there already.
 */
export async function insertOpening(
  trx: Transaction<Database>,
  deps: Deps,
  opening: Opening,
): Promise<RequestRecord | undefined> {
  const {
    id,
    business,
    kind,
    source,
    isDirect,
    identifier,
    proofHow,
    details,
    rules,
    instructionId = null,
    now,
  } = opening
  const isProven = proofHow !== null || instructionId !== null
  const hash = deps.sealer.hashAddress(business.id, identifier)
  const { within } = limitFor(rules, kind)
  const request: RequestRecord = {
    id,
    tenantId: business.id,
    personId: isProven ? ((await lockPersonOfAddress(trx, hash)) ?? deps.newId()) : null,
    business: { name: business.name, slug: business.slug },
    kind,
    state: instructionId
      ? 'in-progress'
      : isProven
        ? stateAtProof({ kind, tenantId: business.id })
        : 'awaiting-proof',
    source,
    isDirect,
    openedAt: now,
    provenAt: isProven ? now : null,
    proofHow,
    dueAt: isProven ? endOf(now, within) : null,
    endedAt: null,
    extension: null,
    decision: null,
    inForce: null,
    instructionId,
  }
  if (!(await insertRequest(trx, request))) return undefined
  const { tenantId, personId } = request
  const sealed = deps.sealer.seal(identifier, [tenantId, id])
  await insertSealedAddress(trx, { requestId: id, tenantId, personId, sealed, hash, now })
  if (details) {
    const of = { requestId: id, tenantId }
    await insertDetails(trx, { ...of, sealed: sealDetails(deps.sealer, details, of) })
  }
  if (isProven) await startServing(trx, deps, request, { identifier, details })
  else await askForProof(trx, deps, request, addressOf(identifier)!)
  return request
}

export interface Opening {
  id: string
  business: { id: string; name: string; slug: string }
  kind: RequestKind
  source: RequestSource
  isDirect: boolean
  identifier: Identifier
  /** Null: a letter asks for proof. */
  proofHow: IdentityProof | null
  details: RequestDetails | undefined
  rules: Rules
  /** The business itself has it done: nobody has to prove anything, and nothing is left to decide. */
  instructionId?: string
  now: Date
}

/** Refuses more than so many requests an hour for one address, whoever opens them. */
export async function checkThrottle(
  trx: Transaction<Database>,
  deps: Deps,
  { tenantId, identifier, now }: { tenantId: string; identifier: Identifier; now: Date },
): Promise<void> {
  const hash = deps.sealer.hashAddress(tenantId, identifier)
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
  const { id: requestId, tenantId, business, openedAt: now, kind } = request
  const secret = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + hourMs)
  await insertProof(trx, { requestId, tenantId, hash: hashProof(secret), expiresAt })
  await setDeadline(trx, { requestId, tenantId, what: 'prove', at: expiresAt })
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

import type { privacy } from '@candor/contracts/privacy'
import type { CallerOf, InputOf } from '@candor/contracts/contract'
import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { badInput, notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { insertNote, listNotes } from '../../store/request-notes.ts'
import type { Deps } from '../deps.ts'
import { checkDetails } from './check-details.ts'
import { describeRequest } from './describe-request.ts'
import { checkThrottle, insertOpening } from './insert-opening.ts'
import { limitFor } from './rules.ts'

/**
 * Opens a request that reached the business outside the page. Staff can say that they checked a document; otherwise
 * the address gets the same letter as ever.
 */
export async function openRequestFor(
  deps: Deps,
  { tenantId, userId }: CallerOf<Row>,
  input: InputOf<Row>,
): Promise<PrivacyRequest> {
  const business = await deps.identity.findBusiness.query({ tenantId })
  if (!business) throw notFound('business')
  const rules = await deps.rulesOf(tenantId)
  limitFor(rules, input.kind)
  const { kind, email: identifier, source, documentChecked } = input
  if (documentChecked && !rules.identityProof.includes('document-check'))
    throw badInput('documentChecked', 'the notice takes no document for proof')
  const details = checkDetails(kind, input)
  const [id, now] = [deps.newId(), deps.clock.now()]
  const described = await asTenant(deps.db, tenantId, async (trx) => {
    await checkThrottle(trx, deps, { tenantId, identifier, now })
    const proofHow = documentChecked ? 'document-check' : null
    const opening = { id, business, kind, source, identifier, proofHow, details, rules, now } as const
    const request = await insertOpening(trx, deps, { ...opening, isDirect: false })
    const by = { id: deps.newId(), requestId: id, tenantId, at: now, note: null, staffId: userId }
    await insertNote(trx, { ...by, what: 'Opened by staff for the person' })
    if (documentChecked) await insertNote(trx, { ...by, id: deps.newId(), what: documentNote })
    const notes = await listNotes(trx, [id])
    return describeRequest(request!, { details, notes, isForStaff: true })
  })
  deps.alarm.ring()
  return described
}

type Row = (typeof privacy)['procedures']['openRequestFor']

/** All that is kept of a document. */
export const documentNote = 'Staff checked a document'

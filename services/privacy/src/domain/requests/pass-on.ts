import { createHash } from 'node:crypto'
import type { SubjectRef } from '@candor/contracts/data-holder'
import type { RequestDetails } from '@candor/contracts/privacy/request-shapes'
import { asTenant } from '@candor/runtime/tenancy'
import { insertNote } from '../../store/request-notes.ts'
import { insertPart } from '../../store/request-parts.ts'
import type { RequestRecord } from '../../store/requests.ts'
import type { Deps } from '../deps.ts'
import { askAll } from '../holders.ts'
import { acts } from './acts.ts'
import { insertOpening } from './insert-opening.ts'
import { platform } from './platform.ts'
import { tell } from './tell-requester.ts'

/** The businesses that hold anything under the address, with whom to notify there. */
export async function findKnowing(deps: Deps, { emails: [email] }: SubjectRef): Promise<Knowing[]> {
  if (!email) return []
  const answers = await askAll(deps.holders, (client) => client.findTenants.query({ email }))
  const found: Knowing[] = []
  for (const tenantId of new Set(answers.flatMap(({ answer }) => answer))) {
    const business = await deps.identity.findBusiness.query({ tenantId })
    if (!business) continue
    const owner = await deps.identity.getOwnerAddress.query({ tenantId })
    found.push({ email, business, ownerEmail: owner.email })
  }
  return found
}

/**
 * Opens the request at one business and notifies it, once however often this runs: the part's id follows from the
 * whole and the business. The business learns of its own part and of no other.
 */
export async function passOnTo(
  deps: Deps,
  { request: parent, details }: { request: RequestRecord; details: RequestDetails | undefined },
  { email, business, ownerEmail }: Knowing,
): Promise<void> {
  const rules = await deps.rulesOf(business.id)
  const { kind } = parent
  // What the business's notice doesn't offer can't be asked of it here either.
  if (!(kind === 'minor-report' ? rules.minors : rules.rights[kind])) return
  const now = deps.clock.now()
  const id = partId(parent.id, business.id)
  await asTenant(deps.db, business.id, async (trx) => {
    const part = await insertOpening(trx, deps, {
      id,
      business,
      kind,
      source: parent.source,
      isDirect: true,
      identifier: email,
      proofHow: parent.proofHow,
      details,
      rules,
      now,
    })
    if (!part) return
    const note = {
      id: deps.newId(),
      requestId: id,
      tenantId: business.id,
      at: now,
      note: null,
      staffId: null,
    }
    await insertNote(trx, { ...note, what: 'Asked of Candor and passed on' })
    await tell(trx, deps, part, {
      key: 'direct',
      to: ownerEmail,
      subject: 'A privacy request was made to Candor and concerns your business',
      paragraphs: [
        `A person who proved an address that ${business.name} knows asked ${acts[kind].asked}.`,
        `It is due by ${part.dueAt!.toISOString().slice(0, 10)}. Your queue of privacy requests shows it.`,
      ],
    })
  })
  const part = { tenantId: business.id, requestId: id }
  await asTenant(deps.db, platform.id, (trx) =>
    insertPart(trx, { parentId: parent.id, tenantId: platform.id, part, now }),
  )
}

/** Version 7, with the time of the whole: ids sort by when they were opened. */
function partId(parentId: string, tenantId: string): string {
  const hash = createHash('sha256').update(`${parentId}|${tenantId}`).digest('hex')
  return `${parentId.slice(0, 13)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`
}

interface Knowing {
  email: string
  business: { id: string; name: string; slug: string }
  ownerEmail: string
}

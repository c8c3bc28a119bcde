import { randomBytes } from 'node:crypto'
import type { InputOf } from '@candor/contracts/contract'
import type { privacy } from '@candor/contracts/privacy'
import type { CaseStatus, PrivacyCase, PrivacyContact } from '@candor/contracts/privacy/cases'
import { queueMail } from '@candor/mail/queue-mail'
import type { Call } from '@candor/rpc/call'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { findCaseByReference, insertCase } from '../../store/cases.ts'
import { recordAct } from '../audit/record-act.ts'
import type { Deps } from '../deps.ts'
import { caseLetter, referenceLetter } from './case-letters.ts'

/** Reaches the team wherever the notice says it is reached, and the officer besides; without either, the owner. */
export async function openCase(
  deps: Deps,
  call: Call,
  input: InputOf<Rows['openCase']>,
): Promise<CaseStatus> {
  deps.remoteThrottle.take(call.remoteAddress ?? 'unknown')
  const business = await deps.identity.findBusiness.query({ slug: input.business })
  if (!business) throw notFound('business')
  const tenantId = business.id
  const team = await teamOf(deps, tenantId)
  const { topic, message, name = null, email = null } = input
  const opened = await asTenant(deps.db, tenantId, async (trx) => {
    const now = deps.clock.now()
    const id = deps.newId()
    const made = await insertCase(trx, {
      id,
      tenantId,
      reference: newReference(),
      topic,
      name,
      email,
      message,
      now,
    })
    const letter = { tenantId, newId: deps.newId, now }
    for (const to of team)
      await queueMail(trx, {
        ...letter,
        ...caseLetter(made, deps.publicUrl),
        to,
        onceKey: `case:${id}:${to}`,
      })
    if (email)
      await queueMail(trx, {
        ...letter,
        ...referenceLetter(made, business.name),
        to: email,
        onceKey: `case:${id}:reference`,
      })
    await recordAct(trx, deps, {
      tenantId,
      caller: call.caller,
      what: 'case-opened',
      purpose: 'serve-rights',
      object: id,
      detail: topic,
    })
    return made
  })
  return toStatus(opened)
}

/** Whom the notice in force names. */
export async function getContact(
  deps: Deps,
  { business }: InputOf<Rows['getContact']>,
): Promise<PrivacyContact> {
  const found = await deps.identity.findBusiness.query({ slug: business })
  if (!found) throw notFound('business')
  return (await deps.policies.of(found.id)).policy.contact
}

export async function getCaseStatus(
  deps: Deps,
  call: Call,
  input: InputOf<Rows['getCaseStatus']>,
): Promise<CaseStatus> {
  deps.remoteThrottle.take(call.remoteAddress ?? 'unknown')
  const business = await deps.identity.findBusiness.query({ slug: input.business })
  if (!business) throw notFound('business')
  const reference = input.reference.toUpperCase()
  const found = await asTenant(deps.db, business.id, (trx) => findCaseByReference(trx, reference))
  if (!found) throw notFound('case')
  return toStatus(found)
}

type Rows = (typeof privacy)['procedures']

async function teamOf(deps: Deps, tenantId: string): Promise<string[]> {
  const { contact } = (await deps.policies.of(tenantId)).policy
  const named = [contact.email, contact.officer?.email].filter((email) => email != null)
  if (named.length > 0) return [...new Set(named)]
  return [(await deps.identity.getOwnerAddress.query({ tenantId })).email]
}

/** 100 random bits in letters that are not mistaken for one another: nobody guesses another's. */
function newReference(): string {
  const letters = [...randomBytes(20)].map((byte) => alphabet[byte % alphabet.length]!)
  return `P-${[0, 5, 10, 15].map((at) => letters.slice(at, at + 5).join('')).join('-')}`
}

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

function toStatus({ reference, state, openedAt, answeredAt, closedAt }: PrivacyCase): CaseStatus {
  return { reference, state, openedAt, answeredAt, closedAt }
}

import { contactsMerged } from '@candor/contracts/chat/events'
import { contactDetailsMax } from '@candor/contracts/chat/schemas'
import type { Contact, ContactDetail } from '@candor/contracts/chat/schemas'
import type { CorrectableField } from '@candor/contracts/data-holder'
import { appendEvent } from '@candor/events/outbox'
import { isRestricted } from '@candor/events/restrictions'
import { badInput, notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { getContact, updateContact } from '../store/contacts.ts'
import { getConversation } from '../store/conversations.ts'
import { dropOtherAddress, joinContacts, lockContacts, waitForMerges } from '../store/merge-contacts.ts'
import type { Database } from '../store/tables.ts'
import type { Deps, Staff } from './deps.ts'

/**
 * Makes one contact of two because staff say that they are one person. Each conversation keeps the pseudonym by which
 * it came, so a chat still shows what was said in it alone; whoever proves to be either is both.
 */
export async function mergeContacts(
  deps: Deps,
  { tenantId }: Staff,
  { contactId, otherId, take }: { contactId: string; otherId: string; take: readonly CorrectableField[] },
): Promise<Contact> {
  const { contact, conversations } = await asTenant(deps.db, tenantId, async (trx) => {
    const merged = await merge(deps, trx, tenantId, { contactId, otherId, take })
    const moved = []
    for (const id of merged.conversationIds)
      moved.push(await getConversation(trx, { tenantId, id, visitorId: null }))
    return { contact: await getContact(trx, { tenantId, id: contactId }), conversations: moved }
  })
  for (const conversation of conversations)
    deps.live.publish(tenantId, conversation.id, { kind: 'conversation', conversation })
  deps.relay.wake()
  return contact
}

async function merge(
  deps: Deps,
  trx: Transaction<Database>,
  tenantId: string,
  { contactId: id, otherId: formerId, take }: { contactId: string; otherId: string; take: readonly string[] },
): Promise<{ conversationIds: string[] }> {
  if (id === formerId) throw badInput('otherId', 'is the same contact')
  await waitForMerges(trx, tenantId)
  const locked = await lockContacts(trx, { tenantId, ids: [id, formerId] })
  const [stays, goes] = [id, formerId].map((sought) => locked.find((row) => row.id === sought))
  if (!stays || !goes) throw notFound('contact')
  for (const { visitorId } of [stays, goes])
    for (const processing of ['mail-copies', 'statistics', 'marketing'] as const)
      if (await isRestricted(trx, visitorId, processing))
        throw new ServiceError('conflict', 'one of them objected to a use of their data, which ends first')
  const one = await getContact(trx, { tenantId, id })
  const other = await getContact(trx, { tenantId, id: formerId })
  const pick = (field: CorrectableField) =>
    take.includes(field) ? (other[field] ?? one[field]) : (one[field] ?? other[field])
  const [name, email, phone] = [pick('name'), pick('email'), pick('phone')]
  const now = deps.clock.now()
  const origin = [stays.origin, goes.origin].includes('staff') ? 'staff' : 'visitor'
  await updateContact(trx, { tenantId, id, name, email, phone, details: join(one, other), now })
  const formerEmail = take.includes('email') && one.email ? one.email : other.email
  const { conversationIds } = await joinContacts(trx, { tenantId, id, formerId, formerEmail, origin, now })
  if (email) await dropOtherAddress(trx, { tenantId, id, email })
  await appendEvent(trx, deps.newId, contactsMerged, {
    tenantId,
    streamKey: id,
    subjectId: stays.visitorId,
    occurredAt: now,
    payload: { contactId: id, formerId, conversationIds },
  })
  return { conversationIds: [...one.conversationIds, ...conversationIds] }
}

function join(one: Contact, other: Contact): ContactDetail[] {
  const isThere = ({ label, value }: ContactDetail) =>
    one.details.some((detail) => detail.label === label && detail.value === value)
  const details = [...one.details, ...other.details.filter((detail) => !isThere(detail))]
  if (details.length > contactDetailsMax)
    throw new ServiceError('conflict', `together they have more than ${contactDetailsMax} details`)
  return details
}

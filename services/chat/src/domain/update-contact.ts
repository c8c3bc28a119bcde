import { contactChanged } from '@candor/contracts/chat/events'
import type { Contact, ContactDetail, Guarded } from '@candor/contracts/chat/schemas'
import { personNameMax } from '@candor/contracts/fields'
import { appendEvent } from '@candor/events/outbox'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import * as store from '../store/contacts.ts'
import { getConversation } from '../store/conversations.ts'
import { dropOtherAddress, holdMerges } from '../store/merge-contacts.ts'
import type { Deps, Staff } from './deps.ts'
import type { Database } from '../store/tables.ts'
import { guardOf } from './guard.ts'
import { guardDetails } from './have-contact.ts'
import { readPhone } from './read-phone.ts'

/** Corrects a contact here and, by the event, wherever it was copied. */
export async function updateContact(
  deps: Deps,
  caller: Staff,
  given: ContactChange,
): Promise<Contact & { masked: Guarded[] }> {
  const { tenantId } = caller
  const guard = await guardOf(deps, tenantId)
  guard.refuse('email', given.email)
  guard.refuse('phone', given.phone)
  const input = {
    ...given,
    name: guard.mask(given.name, personNameMax),
    phone: await readPhone(deps, tenantId, 'phone', given.phone),
    details: given.details && guardDetails(guard, given.details),
  }
  const corrected = await asTenant(deps.db, tenantId, async (trx) => {
    await holdMerges(trx, tenantId)
    const before = await store.getContact(trx, { tenantId, id: input.contactId })
    const { id } = before
    if (input.email) await checkAddress(trx, tenantId, before, input.email)
    const merged = {
      name: input.name === undefined ? before.name : input.name,
      email: input.email === undefined ? before.email : input.email,
      phone: input.phone === undefined ? before.phone : input.phone,
      details: input.details ?? before.details,
    }
    const now = deps.clock.now()
    const visitorId = await store.updateContact(trx, { tenantId, id, ...merged, now })
    await dropReplaced(trx, tenantId, before, merged.email)
    await appendEvent(trx, deps.newId, contactChanged, {
      tenantId,
      streamKey: id,
      subjectId: visitorId ?? null,
      occurredAt: now,
      payload: { contactId: id, conversationIds: before.conversationIds },
    })
    const conversations = []
    for (const conversationId of before.conversationIds)
      conversations.push(await getConversation(trx, { tenantId, id: conversationId, visitorId: null }))
    return { contact: await store.getContact(trx, { tenantId, id }), conversations }
  })
  for (const conversation of corrected.conversations) {
    deps.live.publish(tenantId, conversation.id, { kind: 'conversation', conversation })
  }
  deps.relay.wake()
  return { ...corrected.contact, masked: guard.masked() }
}

/** What was wrong as the main address is wrong in what was merged too; what is the main one now is none besides. */
async function dropReplaced(
  trx: Transaction<Database>,
  tenantId: string,
  { id, email: before }: Contact,
  now: string | null,
): Promise<void> {
  if (before === now) return
  for (const email of [before, now]) if (email) await dropOtherAddress(trx, { tenantId, id, email })
}

/** Staff keep one contact for an address: two of them are merged, on purpose, and never become the same by a correction. */
export async function checkAddress(
  trx: Transaction<Database>,
  tenantId: string,
  contact: Contact,
  email: string,
): Promise<void> {
  if (contact.origin !== 'staff' || email === contact.email) return
  await store.lockAddress(trx, { tenantId, email })
  const other = await store.findContactByAddress(trx, { tenantId, email })
  if (other && other !== contact.id)
    throw new ServiceError(
      'conflict',
      'another contact has this address; merge the two if they are one person',
    )
}

interface ContactChange {
  contactId: string
  name?: string | null | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
  details?: ContactDetail[] | undefined
}

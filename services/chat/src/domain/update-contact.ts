import { contactChanged } from '@candor/contracts/chat/events'
import type { Contact, Guarded } from '@candor/contracts/chat/schemas'
import { personNameMax } from '@candor/contracts/fields'
import { appendEvent } from '@candor/events/outbox'
import { asTenant } from '@candor/runtime/tenancy'
import * as store from '../store/contacts.ts'
import { getConversation } from '../store/conversations.ts'
import type { Deps, Staff } from './deps.ts'
import { guardOf } from './guard.ts'

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
  const input = { ...given, name: guard.mask(given.name, personNameMax) }
  const corrected = await asTenant(deps.db, tenantId, async (trx) => {
    const before = await store.getContact(trx, { tenantId, id: input.contactId })
    const merged = {
      name: input.name === undefined ? before.name : input.name,
      email: input.email === undefined ? before.email : input.email,
      phone: input.phone === undefined ? before.phone : input.phone,
    }
    const now = deps.clock.now()
    const visitorId = await store.updateContact(trx, { tenantId, id: input.contactId, ...merged, now })
    await appendEvent(trx, deps.newId, contactChanged, {
      tenantId,
      streamKey: input.contactId,
      subjectId: visitorId ?? null,
      occurredAt: now,
      payload: { contactId: input.contactId, conversationIds: before.conversationIds },
    })
    const conversations = []
    for (const id of before.conversationIds)
      conversations.push(await getConversation(trx, { tenantId, id, visitorId: null }))
    return { contact: { ...before, ...merged }, conversations }
  })
  for (const conversation of corrected.conversations) {
    deps.live.publish(tenantId, conversation.id, { kind: 'conversation', conversation })
  }
  deps.relay.wake()
  return { ...corrected.contact, masked: guard.masked() }
}

interface ContactChange {
  contactId: string
  name?: string | null | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
}

import { contactChanged } from '@candor/contracts/chat/events'
import type { ContactDetail } from '@candor/contracts/chat/schemas'
import { personNameMax } from '@candor/contracts/fields'
import { appendEvent } from '@candor/events/outbox'
import type { Transaction } from 'kysely'
import {
  fillContact,
  findContactByAddress,
  getContact,
  getVisitorOf,
  insertContact,
  lockAddress,
} from '../store/contacts.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'
import type { Guard } from './guard.ts'

/** Leaves out what the notice promises not to store. */
export function guardContact<T extends Given>(guard: Guard, given: T): T {
  guard.refuse('email', given.email)
  guard.refuse('phone', given.phone)
  return { ...given, name: guard.mask(given.name, personNameMax) }
}

export function guardDetails(guard: Guard, details: readonly ContactDetail[]): ContactDetail[] {
  return details.map(({ label, value }) => ({ label: guard.mask(label, 40), value: guard.mask(value, 300) }))
}

/**
 * The contact that something belongs to which came by another way than the chat: the one named, else the one staff
 * have under its address, else a new one. Never by itself one that a visitor made: whoever chats may claim any address,
 * and would see or erase what is put with it.
 */
export async function haveContact(
  deps: Pick<Deps, 'clock' | 'newId'>,
  trx: Transaction<Database>,
  tenantId: string,
  { contactId: id, newId = deps.newId(), name = null, email = null, phone = null, details = [] }: Given,
): Promise<{ id: string; visitorId: string; isNew: boolean }> {
  const now = deps.clock.now()
  const given = { tenantId, name, email, phone, details, now }
  if (id) return { ...(await fill(deps, trx, { ...given, id })), isNew: false }
  if (email) {
    // One transaction at a time, or two would each make one.
    await lockAddress(trx, { tenantId, email })
    const known = await findContactByAddress(trx, { tenantId, email })
    if (known) return { ...(await fill(deps, trx, { ...given, id: known })), isNew: false }
  }
  await insertContact(trx, { ...given, id: newId, visitorId: deps.newId() })
  return { id: newId, visitorId: await getVisitorOf(trx, { tenantId, contactId: newId }), isNew: true }
}

/** What was empty and is known now reaches the copies, as a correction does. */
async function fill(
  deps: Pick<Deps, 'newId'>,
  trx: Transaction<Database>,
  given: Parameters<typeof fillContact>[1],
): Promise<{ id: string; visitorId: string }> {
  const { tenantId, now } = given
  const before = await getContact(trx, given)
  const { id } = before
  const filled = await fillContact(trx, { ...given, id })
  const isFilled = (['name', 'email', 'phone'] as const).some((field) => !before[field] && given[field])
  if (isFilled)
    await appendEvent(trx, deps.newId, contactChanged, {
      tenantId,
      streamKey: id,
      subjectId: filled.visitorId,
      occurredAt: now,
      payload: { contactId: id, conversationIds: before.conversationIds },
    })
  return filled
}

export interface Given {
  contactId?: string | undefined
  /** The id of the contact if it is a new one. */
  newId?: string
  name?: string | null | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
  details?: ContactDetail[] | undefined
}

import { contactChanged } from '@candor/contracts/chat/events'
import { personNameMax } from '@candor/contracts/fields'
import { appendEvent } from '@candor/events/outbox'
import type { Transaction } from 'kysely'
import {
  fillContact,
  findContactByAddress,
  getContact,
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

/**
 * The contact that something belongs to which came by another way than the chat: the one named, else the one staff
 * have under its address, else a new one. Never by itself one that a visitor made: whoever chats may claim any address,
 * and would see or erase what is put with it.
 */
export async function haveContact(
  deps: Pick<Deps, 'clock' | 'newId'>,
  trx: Transaction<Database>,
  tenantId: string,
  { contactId: id, name = null, email = null, phone = null }: Given,
): Promise<{ id: string; visitorId: string; isNew: boolean }> {
  const now = deps.clock.now()
  const given = { tenantId, name, email, phone, now }
  if (id) return { ...(await fill(deps, trx, { ...given, id })), isNew: false }
  if (email) {
    // One transaction at a time, or two would each make one.
    await lockAddress(trx, { tenantId, email })
    const known = await findContactByAddress(trx, { tenantId, email })
    if (known) return { ...(await fill(deps, trx, { ...given, id: known })), isNew: false }
  }
  const made = { id: deps.newId(), visitorId: deps.newId() }
  await insertContact(trx, { ...given, ...made })
  return { ...made, isNew: true }
}

/** What was empty and is known now reaches the copies, as a correction does. */
async function fill(
  deps: Pick<Deps, 'newId'>,
  trx: Transaction<Database>,
  given: Parameters<typeof fillContact>[1],
): Promise<{ id: string; visitorId: string }> {
  const { id, tenantId, now } = given
  const before = await getContact(trx, { tenantId, id })
  const filled = await fillContact(trx, given)
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
  name?: string | null | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
}

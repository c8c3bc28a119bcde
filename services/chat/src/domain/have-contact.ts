import type { Transaction } from 'kysely'
import { fillContact, findContactByAddress, insertContact, lockAddress } from '../store/contacts.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'

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
  if (id) return { ...(await fillContact(trx, { ...given, id })), isNew: false }
  if (email) {
    // One transaction at a time, or two would each make one.
    await lockAddress(trx, { tenantId, email })
    const known = await findContactByAddress(trx, { tenantId, email })
    if (known) return { ...(await fillContact(trx, { ...given, id: known })), isNew: false }
  }
  const made = { id: deps.newId(), visitorId: deps.newId() }
  await insertContact(trx, { ...given, ...made })
  return { ...made, isNew: true }
}

interface Given {
  contactId?: string | undefined
  name?: string | null | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
}

import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { readdressLetters } from '../store/letters.ts'
import type { Database } from '../store/tables.ts'
import { listConversationsOf, moveToContact, setContact } from '../store/transcripts.ts'
import type { Deps } from './deps.ts'

/**
 * Asks chat for a contact's present name and address, through any of its archived conversations; null where none is
 * archived here or chat has erased them all.
 */
export async function fetchContact(
  deps: Deps,
  tenantId: string,
  payload: { contactId: string },
): Promise<Contact | null> {
  const { contactId } = payload
  const archived = await asTenant(deps.db, tenantId, (trx) => listConversationsOf(trx, tenantId, contactId))
  for (const conversationId of archived) {
    const record = await deps.chat.getConversationRecord.query({ tenantId, conversationId })
    if (record) return record.contact
  }
  return null
}

/** The copies here follow, and so do letters still on their way: of the old value nothing is left. */
export async function followContact(
  trx: Transaction<Database>,
  tenantId: string,
  contactId: string,
  contact: Contact | null,
): Promise<void> {
  if (!contact) return
  await setContact(trx, tenantId, contactId, contact)
  await readdressLetters(trx, tenantId, contactId, contact.email)
}

/** What came by a contact that was merged is the other's here too. Letters on their way go to whom they are addressed. */
export async function joinContacts(
  trx: Transaction<Database>,
  tenantId: string,
  { contactId, formerId }: { contactId: string; formerId: string },
  contact: Contact | null,
): Promise<void> {
  await moveToContact(trx, tenantId, { contactId, formerId })
  if (contact) await setContact(trx, tenantId, contactId, contact)
}

interface Contact {
  name: string | null
  email: string | null
}

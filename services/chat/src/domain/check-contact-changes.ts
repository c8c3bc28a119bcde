import { Email, PersonName, personNameMax } from '@candor/contracts/fields'
import { Phone } from '@candor/contracts/chat/schemas'
import type { chat } from '@candor/contracts/chat'
import type { Contact } from '@candor/contracts/chat/schemas'
import type { InputOf, OutputOf } from '@candor/contracts/contract'
import type { CorrectableField } from '@candor/contracts/data-holder'
import { badInput, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { getContact, getVisitorOf } from '../store/contacts.ts'
import type { Deps } from './deps.ts'
import { guardOf } from './guard.ts'
import { noNumber, phoneReader } from './read-phone.ts'
import { checkAddress } from './update-contact.ts'

/** Whom contacts stand for; one that is hidden, restricted or gone is not found. */
export function identifyContacts(
  deps: Deps,
  { tenantId, contactIds }: InputOf<Rows['identifyContacts']>,
): Promise<OutputOf<Rows['identifyContacts']>> {
  return asTenant(deps.db, tenantId, async (trx) => {
    const found = new Map<string, string>()
    for (const sought of contactIds) {
      const { id: contactId } = await getContact(trx, { tenantId, id: sought })
      found.set(contactId, await getVisitorOf(trx, { tenantId, contactId }))
    }
    return [...found].map(([contactId, visitorId]) => ({ contactId, visitorId }))
  })
}

/** Changes as they could be stored, each with what it would replace; those that change nothing are left out. */
export async function checkContactChanges(
  deps: Deps,
  { tenantId, changes }: InputOf<Rows['checkContactChanges']>,
): Promise<OutputOf<Rows['checkContactChanges']>> {
  const guard = await guardOf(deps, tenantId)
  const numbers = changes.map(({ field, to }) => (field === 'phone' ? to : null))
  const read = await phoneReader(deps, tenantId, numbers)
  return asTenant(deps.db, tenantId, async (trx) => {
    const checked: OutputOf<Rows['checkContactChanges']> = []
    const refuseRepeated = repeatedRefuser()
    for (const [index, { contactId: sought, field, to }] of changes.entries()) {
      const contact = await getContact(trx, { tenantId, id: sought })
      const { id: contactId, [field]: from } = contact
      const path = `changes.${index}.${field}`
      const parsed = fields[field].safeParse(to)
      if (!parsed.success) throw badInput(path, parsed.error.issues[0]!.message)
      if (field !== 'name') guard.refuse(path, parsed.data)
      const value = field === 'name' ? guard.mask(parsed.data, personNameMax) : parsed.data
      const right = field === 'phone' ? read(value) : value
      if (!right) throw badInput(path, noNumber)
      refuseRepeated(contact, field, right)
      if (field === 'email') await checkAddress(trx, tenantId, contact, right)
      const visitorId = await getVisitorOf(trx, { tenantId, contactId })
      if (right !== from) checked.push({ contactId, visitorId, field, from, to: right })
    }
    return checked
  })
}

/** The changes of one batch are checked before any is made, so none of them shows in the store to the next. */
function repeatedRefuser(): (contact: Contact, field: CorrectableField, to: string) => void {
  const changed = new Set<string>()
  const addresses = new Set<string>()
  return ({ id, origin }, field, to) => {
    if (changed.has(`${id} ${field}`))
      throw new ServiceError('conflict', `two changes are of the same ${field} of one contact`)
    changed.add(`${id} ${field}`)
    if (field !== 'email' || origin !== 'staff') return
    if (addresses.has(to)) throw new ServiceError('conflict', 'two changes give two contacts one address')
    addresses.add(to)
  }
}

type Rows = (typeof chat)['procedures']

const fields = { name: PersonName, email: Email, phone: Phone }

import { messageTextMax } from '@candor/contracts/chat/schemas'
import type { Conversation, Guarded, RecordConversation } from '@candor/contracts/chat/schemas'
import { isRestricted } from '@candor/events/restrictions'
import { badInput, ServiceError } from '@candor/rpc/service-error'
import { violatedUnique } from '@candor/runtime/postgres'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { getContact } from '../store/contacts.ts'
import { insertConversation } from '../store/conversation-changes.ts'
import { findRecordedConversation, getConversation } from '../store/conversations.ts'
import { insertMessage } from '../store/messages.ts'
import { ensurePartitions } from '../store/partitions.ts'
import type { Database } from '../store/tables.ts'
import { endConversation } from './close-conversation.ts'
import type { Deps, Staff } from './deps.ts'
import { guardOf } from './guard.ts'
import { guardContact, haveContact } from './have-contact.ts'
import { readPhone } from './read-phone.ts'
import { knowStaffName } from './staff-names.ts'

/**
 * Writes down what was exchanged elsewhere. It is over when it is written down, so it is closed, as of its last entry,
 * and goes to the archive. It is no use of the chat: nobody is billed for it.
 */
export async function recordConversation(
  deps: Deps,
  caller: Staff,
  given: RecordConversation,
): Promise<Conversation & { masked: Guarded[] }> {
  const { tenantId } = caller
  const guard = await guardOf(deps, tenantId)
  const phone = await readPhone(deps, tenantId, 'contact.phone', given.contact.phone)
  const input = {
    ...given,
    contact: guardContact(guard, { ...given.contact, phone }),
    entries: given.entries.map((entry) => ({ ...entry, text: guard.mask(entry.text, messageTextMax) })),
  }
  return { ...(await findOrRecord(deps, caller, input)), masked: guard.masked() }
}

async function findOrRecord(deps: Deps, caller: Staff, input: RecordConversation): Promise<Conversation> {
  checkTimes(input.entries, deps.clock.now())
  await ensurePartitions(deps.db, deps.clock.now(), input.channel)
  await knowStaffName(deps, caller)
  const { tenantId } = caller
  const find = () =>
    asTenant(deps.db, tenantId, async (trx) => {
      const { contactId } = input.contact
      if (contactId) await getContact(trx, { tenantId, id: contactId })
      return findRecordedConversation(trx, { tenantId, recordKey: input.recordKey })
    })
  const before = await find()
  if (before) return before
  try {
    const conversation = await asTenant(deps.db, tenantId, (trx) => record(deps, trx, caller, input))
    deps.live.publish(tenantId, conversation.id, { kind: 'conversation', conversation })
    deps.relay.wake()
    return conversation
  } catch (err) {
    if (violatedUnique(err) === undefined) throw err
    // Written down twice at once: the other has won. Where there is none, a chat of the same person had that key.
    const other = await find()
    if (!other) throw new ServiceError('conflict', 'this key has started a chat with this contact')
    return other
  }
}

async function record(
  deps: Deps,
  trx: Transaction<Database>,
  caller: Staff,
  { recordKey, channel, contact, entries }: RecordConversation,
): Promise<Conversation> {
  const { tenantId, userId } = caller
  const { id: contactId, visitorId } = await haveContact(deps, trx, tenantId, contact)
  if (await isRestricted(trx, visitorId, 'everything'))
    throw new ServiceError('conflict', 'what is held about this contact is restricted')
  const id = deps.newId()
  const at = entries.map((entry) => new Date(entry.at))
  await insertConversation(trx, {
    id,
    tenantId,
    visitorId,
    contactId,
    channel,
    page: null,
    startKey: recordKey,
    assigneeId: userId,
    startedAt: at[0]!,
  })
  for (const [index, { from, text }] of entries.entries()) {
    const seq = await insertMessage(trx, {
      id: deps.newId(),
      eventId: null,
      tenantId,
      conversationId: id,
      visitorId: null,
      authorKind: from,
      authorId: from === 'visitor' ? visitorId : userId,
      text,
      notice: null,
      clientMessageId: deps.newId(),
      now: deps.clock.now(),
      writtenAt: at[index]!,
    })
    if (seq === undefined) throw new ServiceError('closed', 'more than a conversation holds')
  }
  await endConversation(deps, trx, { tenantId, conversationId: id, closedAt: at.at(-1)! })
  return getConversation(trx, { tenantId, id, visitorId: null })
}

function checkTimes(entries: readonly { at: string }[], now: Date): void {
  for (const [index, { at }] of entries.entries()) {
    if (Date.parse(at) > now.getTime()) throw badInput(`entries.${index}.at`, 'lies in the future')
    const before = entries[index - 1]
    if (before && Date.parse(at) < Date.parse(before.at))
      throw badInput(`entries.${index}.at`, 'lies before the entry above it')
  }
}

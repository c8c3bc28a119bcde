import { messageTextMax } from '@candor/contracts/chat/schemas'
import { personNameMax } from '@candor/contracts/fields'
import type { HeldContact, HeldConversation, PortableEntry } from '@candor/contracts/portable'
import type { SubjectRef } from '@candor/contracts/data-holder'
import { badInput } from '@candor/rpc/service-error'
import { asTenant, seeHidden } from '@candor/runtime/tenancy'
import { listHeldContacts, listHeldConversations } from '../store/held.ts'
import { insertHeldContact, insertHeldConversation, insertHeldMessages } from '../store/held-inserts.ts'
import { listMessages } from '../store/messages.ts'
import { ensurePartitions } from '../store/partitions.ts'
import { upsertStaff } from '../store/staff.ts'
import type { Deps } from './deps.ts'
import { derivedId } from './derived-id.ts'
import { guardOf } from './guard.ts'
import { guardDetails } from './have-contact.ts'

/** What the person takes along. A restriction hides it from staff, not from them. */
export async function exportConversations(
  deps: Deps,
  { subject }: { subject: SubjectRef },
): Promise<{ contacts: HeldContact[]; conversations: HeldConversation[] }> {
  const { tenantId } = subject
  return asTenant(deps.db, tenantId, async (trx) => {
    await seeHidden(trx)
    const contacts = await listHeldContacts(trx, subject)
    const conversations: HeldConversation[] = []
    for (const held of await listHeldConversations(
      trx,
      tenantId,
      contacts.map(({ id }) => id),
    )) {
      const where = { tenantId, conversationId: held.id, afterSeq: 0, limit: held.lastSeq }
      const messages = (await listMessages(trx, where)).map(({ seq, author, text, notice, createdAt }) => {
        const by: PortableEntry['author'] =
          author.kind === 'staff' ? { kind: 'staff', name: author.name } : { kind: author.kind }
        return { seq, author: by, text, notice, createdAt }
      })
      conversations.push({ ...held, messages })
    }
    return { contacts, conversations }
  })
}

/** Stores what was held elsewhere, but for what the notice promises not to store. No event tells of it: nothing of it happens now, and nobody pays for it again. */
export async function importConversation(
  deps: Deps,
  { tenantId, contact, conversation }: Import,
): Promise<{ messages: number }> {
  const now = deps.clock.now()
  const guard = await guardOf(deps, tenantId)
  if (conversation && new Date(conversation.startedAt) > now)
    throw badInput('conversation.startedAt', 'lies in the future')
  await ensurePartitions(deps.db, now, conversation?.channel)
  return asTenant(deps.db, tenantId, async (trx) => {
    await seeHidden(trx)
    const guarded = {
      name: guard.mask(contact.name, personNameMax),
      details: guardDetails(guard, contact.details),
    }
    await insertHeldContact(trx, tenantId, { ...contact, ...guarded })
    if (!conversation) return { messages: 0 }
    await insertHeldConversation(trx, tenantId, contact.visitorId, conversation)
    for (const name of namesOf(conversation.messages))
      await upsertStaff(trx, { tenantId, userId: authorId(tenantId, name), name })
    const rows = conversation.messages.map((message) => ({
      ...message,
      text: guard.mask(message.text, messageTextMax),
      id: derivedId(`${conversation.id}|${message.seq}`),
      authorId: message.author.kind === 'staff' ? authorId(tenantId, message.author.name) : null,
    }))
    const { id: conversationId, channel } = conversation
    return { messages: await insertHeldMessages(trx, { tenantId, conversationId, channel, rows }) }
  })
}

function namesOf(messages: readonly PortableEntry[]): string[] {
  return [...new Set(messages.flatMap(({ author }) => (author.kind === 'staff' ? [author.name] : [])))]
}

/** Who answered elsewhere has no account here: the same name is the same nobody. */
function authorId(tenantId: string, name: string): string {
  return derivedId(`${tenantId}|${name}`)
}

interface Import {
  tenantId: string
  contact: HeldContact
  conversation: HeldConversation | null
}

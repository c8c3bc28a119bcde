import { conversationStarted } from '@candor/contracts/chat/events'
import { messageTextMax } from '@candor/contracts/chat/schemas'
import { appendEvent } from '@candor/events/outbox'
import { isRestricted } from '@candor/events/restrictions'
import { ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import type { IncomingMail } from '../mail/read-mail.ts'
import { lockAddress } from '../store/contacts.ts'
import { insertConversation } from '../store/conversation-changes.ts'
import { countConversationsSince, getConversation } from '../store/conversations.ts'
import { findMailConversation, hasMail, insertMail } from '../store/mails.ts'
import { findMessage, insertMessage } from '../store/messages.ts'
import { ensurePartitions } from '../store/partitions.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'
import { guardOf } from './guard.ts'
import { guardContact, haveContact } from './have-contact.ts'

/**
 * Puts a mail into the conversation it answers, if that is open and with the same sender, or begins another. Answers
 * false where it has been taken before: a mail is taken once, by its Message-ID.
 */
export async function takeMail(deps: Deps, tenantId: string, mail: IncomingMail): Promise<boolean> {
  const guard = await guardOf(deps, tenantId)
  const guarded = {
    ...mail,
    from: guardContact(guard, mail.from),
    subject: guard.mask(mail.subject, subjectMax),
    text: guard.mask(mail.text, mailTextMax),
    attachments: mail.attachments.map((name) => guard.mask(name, subjectMax)),
  }
  await ensurePartitions(deps.db, deps.clock.now(), 'mail')
  const conversationId = await asTenant(deps.db, tenantId, (trx) => take(deps, trx, tenantId, guarded))
  if (conversationId === null) return false
  deps.relay.wake()
  await publish(deps, tenantId, conversationId)
  return true
}

async function take(
  deps: Deps,
  trx: Transaction<Database>,
  tenantId: string,
  mail: IncomingMail,
): Promise<string | null> {
  const { messageId, subject } = mail
  const now = deps.clock.now()
  // One mail of a sender after the other: the second sees what the first one began.
  await lockAddress(trx, { tenantId, email: mail.from.email })
  if (await hasMail(trx, { tenantId, messageId })) return null
  const contact = await haveContact(deps, trx, tenantId, mail.from)
  if (await isRestricted(trx, contact.visitorId, 'everything'))
    throw new ServiceError('conflict', 'what is held about you is restricted; lift that first')
  const answered = await findMailConversation(trx, {
    tenantId,
    contactId: contact.id,
    messageIds: mail.answers,
  })
  const conversationId = answered ?? (await begin(deps, trx, tenantId, contact))
  if (!(await insertMail(trx, { tenantId, messageId, conversationId, subject, now })))
    throw new Error('two senders use one Message-ID at once')
  for (const text of messagesOf(mail, answered === undefined)) {
    const seq = await insertMessage(trx, {
      id: deps.newId(),
      eventId: deps.newId(),
      tenantId,
      conversationId,
      visitorId: null,
      authorKind: 'visitor',
      authorId: contact.visitorId,
      text,
      notice: null,
      clientMessageId: deps.newId(),
      now,
    })
    if (seq === undefined) throw new ServiceError('closed', 'this conversation is full; begin another one')
  }
  return conversationId
}

async function begin(
  deps: Deps,
  trx: Transaction<Database>,
  tenantId: string,
  { id: contactId, visitorId }: { id: string; visitorId: string },
): Promise<string> {
  const now = deps.clock.now()
  const since = new Date(now.getTime() - 3_600_000)
  if ((await countConversationsSince(trx, { tenantId, visitorId, since })) >= deps.conversationsPerHourMax)
    throw new ServiceError('too-many', 'too many conversations within an hour')
  const id = deps.newId()
  const row = { id, tenantId, visitorId, contactId, page: null, startKey: null, startedAt: now }
  await insertConversation(trx, { ...row, channel: 'mail' })
  await appendEvent(trx, deps.newId, conversationStarted, {
    tenantId,
    streamKey: id,
    subjectId: visitorId,
    occurredAt: now,
    payload: { conversationId: id },
  })
  return id
}

/** A long mail is several messages; its subject stands above the first one of a conversation. */
function messagesOf({ subject, text, attachments }: IncomingMail, isFirst: boolean): string[] {
  const dropped = attachments.length > 0 ? `[Not kept: ${attachments.slice(0, 20).join(', ')}]` : null
  const cut = text.length > mailTextMax ? '[The rest of this mail was too long and is not kept]' : null
  const whole = [isFirst ? subject : null, text.slice(0, mailTextMax), cut, dropped]
    .filter((part) => part)
    .join('\n\n')
  const pieces: string[] = []
  for (let rest = whole || '[An empty mail]'; rest.trim();) {
    const end = rest.length <= messageTextMax ? rest.length : breakBefore(rest, messageTextMax)
    pieces.push(rest.slice(0, end).trim())
    rest = rest.slice(end)
  }
  return pieces
}

/** Where a line ends, else a word, else no character is cut in two. */
function breakBefore(text: string, lengthMax: number): number {
  const head = text.slice(0, lengthMax)
  const at = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '))
  if (at > lengthMax / 2) return at
  return head.isWellFormed() ? lengthMax : lengthMax - 1
}

async function publish(deps: Deps, tenantId: string, conversationId: string): Promise<void> {
  const { conversation, message } = await asTenant(deps.db, tenantId, async (trx) => {
    const found = await getConversation(trx, { tenantId, id: conversationId, visitorId: null })
    return {
      conversation: found,
      message: await findMessage(trx, { tenantId, conversationId, seq: found.lastSeq }),
    }
  })
  deps.live.publish(
    tenantId,
    conversationId,
    message ? { kind: 'message', message, conversation } : { kind: 'conversation', conversation },
  )
}

const subjectMax = 200
/** Some twenty pages. */
const mailTextMax = 60_000

import type { Conversation, Message } from '@candor/contracts/chat/schemas'
import { escapeHtml, htmlPage } from '@candor/mail/letter'
import { queueMail } from '@candor/mail/queue-mail'
import { messageIdOf } from '@candor/mail/send-mail'
import { notFound, ServiceError } from '@candor/rpc/service-error'
import type { Transaction } from 'kysely'
import { getVisitorId } from '../store/conversations.ts'
import { insertMail, listMails } from '../store/mails.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'

/** Whom an answer by mail comes from: asked before the transaction that queues it. */
export async function findSender(deps: Deps, tenantId: string): Promise<string> {
  if (deps.mailDomain === null) throw new ServiceError('conflict', 'no mail goes out from here')
  const business = await deps.identity.findBusiness.query({ tenantId })
  if (!business) throw notFound('business')
  const name = business.name.replaceAll(/["\\\r\n]/g, '')
  return `"${name}" <${business.slug}@${deps.mailDomain}>`
}

/**
 * Queues what staff wrote as a mail that answers those of the conversation, so that mail programs put it with them. It
 * leaves with the message or not at all.
 */
export async function answerByMail(
  deps: Deps,
  trx: Transaction<Database>,
  { tenantId, conversation, message, from }: Answer,
): Promise<void> {
  const to = conversation.contact.email
  if (!to) throw new ServiceError('no-address', 'this contact has no address any more')
  const conversationId = conversation.id
  const now = deps.clock.now()
  const mails = await listMails(trx, { tenantId, conversationId, limit: referencesMax })
  const subject = answerTo(mails[0]?.subject)
  const letterId = deps.newId()
  await insertMail(trx, { tenantId, messageId: messageIdOf(letterId), conversationId, subject, now })
  await queueMail(trx, {
    tenantId,
    onceKey: message.id,
    recordId: conversationId,
    subjectId: await getVisitorId(trx, { tenantId, id: conversationId }),
    to,
    from,
    answers: mails.map(({ messageId }) => messageId),
    subject,
    text: `${message.text}\n`,
    html: htmlPage(subject, `<p dir="auto">${escapeHtml(message.text).replaceAll('\n', '<br>')}</p>`),
    now,
    newId: () => letterId,
  })
}

function answerTo(subject: string | null | undefined): string {
  if (!subject) return 'Re: your message'
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`
}

/** The first and the nearest ones are enough (RFC 5537, section 3.4.4). */
const referencesMax = 20

interface Answer {
  tenantId: string
  conversation: Conversation
  message: Message
  from: string
}

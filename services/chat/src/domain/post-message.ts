import { messageTextMax } from '@candor/contracts/chat/schemas'
import type { Guarded, Message } from '@candor/contracts/chat/schemas'
import { notFound, ServiceError } from '@candor/rpc/service-error'
import { violatedUnique } from '@candor/runtime/postgres'
import { asTenant } from '@candor/runtime/tenancy'
import { traceparent } from '@candor/runtime/trace'
import type { Transaction } from 'kysely'
import { getConversation } from '../store/conversations.ts'
import { findMessage, insertMessage } from '../store/messages.ts'
import type { Posted } from '../store/post-messages.ts'
import type { Database } from '../store/tables.ts'
import { answerByMail, findSender } from './answer-by-mail.ts'
import { ownVisitor } from './deps.ts'
import type { Deps, Staff, Visitor } from './deps.ts'
import { guardOf } from './guard.ts'
import { knowStaffName } from './staff-names.ts'

/**
 * Stores a message without what the notice promises not to store, and answers after the commit: together with what
 * others post meanwhile, or alone where it is no plain message. The same `clientMessageId` again answers the message it
 * first made. Fails with not-found, or closed where the conversation has ended or is full.
 */
export async function postMessage(
  deps: Deps,
  caller: Visitor | Staff,
  input: { conversationId: string; clientMessageId: string; text: string },
): Promise<Message & { masked: Guarded[] }> {
  const { tenantId } = caller
  const guard = await guardOf(deps, tenantId)
  const entry = { ...input, text: guard.mask(input.text, messageTextMax) }
  const masked = guard.masked()
  try {
    const posted = (await postInGroup(deps, caller, entry)) ?? (await postAlone(deps, caller, entry))
    deps.live.publish(tenantId, input.conversationId, { kind: 'message', ...posted })
    deps.relay.wake()
    return { ...posted.message, masked }
  } catch (err) {
    if (violatedUnique(err) === undefined) throw err
    return { ...(await getPostedBefore(deps, caller, input)), masked }
  }
}

function postInGroup(deps: Deps, caller: Visitor | Staff, entry: Entry): Promise<Posted | undefined> {
  return deps.posts.put({
    ...entry,
    id: deps.newId(),
    eventId: deps.newId(),
    tenantId: caller.tenantId,
    author: caller,
    now: deps.clock.now(),
    traceparent: traceparent(),
  })
}

async function postAlone(deps: Deps, caller: Visitor | Staff, entry: Entry): Promise<Posted> {
  const { tenantId } = caller
  const isStaff = caller.kind === 'staff'
  if (isStaff) await knowStaffName(deps, caller)
  const from = isStaff && (await isByMail(deps, caller, entry)) && (await findSender(deps, tenantId))
  return asTenant(deps.db, tenantId, async (trx) => {
    const appended = await appendMessage(deps, trx, caller, { ...entry, notice: null })
    if (from) await answerByMail(deps, trx, { tenantId, ...appended, from })
    return appended
  })
}

/** Writes one entry of a conversation: text, or the fact that its author took or closed it. */
export async function appendMessage(
  deps: Deps,
  trx: Transaction<Database>,
  caller: Visitor | Staff,
  entry: { conversationId: string; clientMessageId: string; text: string; notice: Message['notice'] },
) {
  const { tenantId } = caller
  const where = { tenantId, id: entry.conversationId, visitorId: ownVisitor(caller) }
  const seq = await insertMessage(trx, {
    ...entry,
    id: deps.newId(),
    eventId: deps.newId(),
    tenantId,
    visitorId: where.visitorId,
    authorKind: caller.kind,
    authorId: caller.kind === 'visitor' ? caller.visitorId : caller.userId,
    now: deps.clock.now(),
  })
  if (seq === undefined) {
    const { status } = await getConversation(trx, where)
    const why = status === 'closed' ? 'closed' : 'full; start another one'
    throw new ServiceError('closed', `this conversation is ${why}`)
  }
  const message = await findMessage(trx, { tenantId, conversationId: entry.conversationId, seq })
  return { message: message!, conversation: await getConversation(trx, where) }
}

/** Whether what staff write goes out by mail. What is not open takes nothing more. */
async function isByMail(
  deps: Deps,
  { tenantId }: Staff,
  { conversationId }: { conversationId: string },
): Promise<boolean> {
  const { channel, status } = await asTenant(deps.db, tenantId, (trx) =>
    getConversation(trx, { tenantId, id: conversationId, visitorId: null }),
  )
  return channel === 'mail' && status !== 'closed'
}

async function getPostedBefore(
  deps: Deps,
  caller: Visitor | Staff,
  input: { conversationId: string; clientMessageId: string },
): Promise<Message> {
  return asTenant(deps.db, caller.tenantId, async (trx) => {
    await getConversation(trx, {
      tenantId: caller.tenantId,
      id: input.conversationId,
      visitorId: ownVisitor(caller),
    })
    const message = await findMessage(trx, { tenantId: caller.tenantId, ...input })
    if (!message) throw notFound('message')
    if (message.author.kind !== caller.kind) {
      throw new ServiceError('conflict', 'this clientMessageId belongs to a message of the other side')
    }
    return message
  })
}

interface Entry {
  conversationId: string
  clientMessageId: string
  text: string
}

import { messageTextMax, pageMax } from '@candor/contracts/chat/schemas'
import type { Conversation, Guarded, Message } from '@candor/contracts/chat/schemas'
import { conversationStarted } from '@candor/contracts/chat/events'
import { personNameMax } from '@candor/contracts/fields'
import { appendEvent } from '@candor/events/outbox'
import { isRestricted } from '@candor/events/restrictions'
import { isBuried } from '@candor/events/tombstones'
import { ServiceError } from '@candor/rpc/service-error'
import { violatedUnique } from '@candor/runtime/postgres'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { upsertContact } from '../store/contacts.ts'
import { insertConversation } from '../store/conversation-changes.ts'
import {
  countConversationsSince,
  findConversationByStartKey,
  getConversation,
} from '../store/conversations.ts'
import { findMessage } from '../store/messages.ts'
import { ensurePartitions } from '../store/partitions.ts'
import type { Database } from '../store/tables.ts'
import type { Deps, Visitor } from './deps.ts'
import { guardOf } from './guard.ts'
import { appendMessage } from './post-message.ts'

/** Starts a conversation. A repeated `clientMessageId` finds the one it started; too many in an hour are refused. */
export async function startConversation(
  deps: Deps,
  caller: Visitor,
  given: StartInput,
): Promise<Started & { masked: Guarded[] }> {
  const guard = await guardOf(deps, caller.tenantId)
  guard.refuse('email', given.email)
  const input = {
    ...given,
    name: guard.mask(given.name, personNameMax),
    text: guard.mask(given.text, messageTextMax),
    page: guard.mask(given.page, pageMax),
  }
  return { ...(await findOrStart(deps, caller, input)), masked: guard.masked() }
}

async function findOrStart(deps: Deps, caller: Visitor, input: StartInput): Promise<Started> {
  await ensurePartitions(deps.db, deps.clock.now())
  try {
    const { started, fresh } = await asTenant(deps.db, caller.tenantId, (trx) =>
      start(deps, trx, caller, input),
    )
    if (fresh) announce(deps, caller, started)
    return started
  } catch (err) {
    // Two starts with one key at once: the other has won, so this one is a repeat.
    if (violatedUnique(err) === undefined) throw err
    return asTenant(deps.db, caller.tenantId, async (trx) => (await findStarted(trx, caller, input))!)
  }
}

async function start(deps: Deps, trx: Transaction<Database>, caller: Visitor, input: StartInput) {
  const { tenantId, visitorId } = caller
  const now = deps.clock.now()
  if (await isBuried(trx, visitorId)) throw new ServiceError('not-signed-in', 'this session has ended')
  if (await isRestricted(trx, visitorId, 'everything'))
    throw new ServiceError('conflict', 'what is held about you is restricted; lift that first')
  const before = await findStarted(trx, caller, input)
  if (before) return { started: before, fresh: false }
  const contact = {
    id: deps.newId(),
    tenantId,
    visitorId,
    name: input.name ?? null,
    email: input.email ?? null,
    now,
  }
  // Holds the contact's row, so that starts of one visitor are counted one after the other.
  const { id: contactId, emails } = await upsertContact(trx, contact)
  if (input.email && !emails.includes(input.email)) {
    throw new ServiceError('conflict', 'this session belongs to another address; start a new one')
  }
  const since = new Date(now.getTime() - hourMs)
  if ((await countConversationsSince(trx, { tenantId, visitorId, since })) >= deps.conversationsPerHourMax) {
    throw new ServiceError('too-many', 'too many conversations within an hour', {
      retryAfterSeconds: hourMs / 1000,
    })
  }
  const id = deps.newId()
  const startKey = input.clientMessageId ?? null
  await insertConversation(trx, {
    id,
    tenantId,
    visitorId,
    contactId,
    channel: 'chat',
    page: input.page || null,
    startKey,
    startedAt: now,
  })
  await appendEvent(trx, deps.newId, conversationStarted, {
    tenantId,
    streamKey: id,
    subjectId: visitorId,
    occurredAt: now,
    payload: { conversationId: id },
  })
  return { started: await withFirstMessage(deps, trx, caller, id, input), fresh: true }
}

async function withFirstMessage(
  deps: Deps,
  trx: Transaction<Database>,
  caller: Visitor,
  id: string,
  input: StartInput,
): Promise<Started> {
  if (input.text === undefined) {
    const where = { tenantId: caller.tenantId, id, visitorId: caller.visitorId }
    return { conversation: await getConversation(trx, where), message: null }
  }
  const clientMessageId = input.clientMessageId ?? deps.newId()
  return appendMessage(deps, trx, caller, {
    conversationId: id,
    clientMessageId,
    text: input.text,
    notice: null,
  })
}

async function findStarted(
  trx: Transaction<Database>,
  caller: Visitor,
  input: StartInput,
): Promise<Started | undefined> {
  if (!input.clientMessageId) return undefined
  const { tenantId, visitorId } = caller
  const conversation = await findConversationByStartKey(trx, {
    tenantId,
    visitorId,
    startKey: input.clientMessageId,
  })
  if (!conversation) return undefined
  const key = { tenantId, conversationId: conversation.id, clientMessageId: input.clientMessageId }
  return { conversation, message: (await findMessage(trx, key)) ?? null }
}

function announce(deps: Deps, caller: Visitor, { conversation, message }: Started): void {
  deps.live.publish(
    caller.tenantId,
    conversation.id,
    message ? { kind: 'message', message, conversation } : { kind: 'conversation', conversation },
  )
  deps.relay.wake()
}

const hourMs = 3_600_000

interface StartInput {
  name?: string | null | undefined
  email?: string | null | undefined
  text?: string | undefined
  clientMessageId?: string | undefined
  page?: string | null | undefined
}

interface Started {
  conversation: Conversation
  message: Message | null
}

import type { Conversation } from '@candor/contracts/chat/schemas'
import type { Channel } from '@candor/contracts/policy/categories'
import { badInput } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import * as store from '../store/conversations.ts'
import { ownVisitor } from './deps.ts'
import type { Deps, Staff, Visitor } from './deps.ts'

/** A page of the inbox, or of a visitor's own conversations. */
export async function listConversations(
  deps: Deps,
  caller: Visitor | Staff,
  input: {
    status?: Conversation['status'] | undefined
    channel?: Channel | undefined
    assignee: 'me' | 'nobody' | 'anybody'
    cursor?: string | undefined
    limit: number
  },
): Promise<{ conversations: Conversation[]; nextCursor: string | null }> {
  const conversations = await asTenant(deps.db, caller.tenantId, (trx) =>
    store.listConversations(trx, {
      tenantId: caller.tenantId,
      visitorId: ownVisitor(caller),
      status: input.status,
      channel: input.channel,
      assigneeId: assigneeId(caller, input.assignee),
      before: input.cursor === undefined ? undefined : readCursor(input.cursor),
      limit: input.limit,
    }),
  )
  const last = conversations.at(-1)
  const full = conversations.length === input.limit
  return { conversations, nextCursor: full && last ? writeCursor(last) : null }
}

function assigneeId(
  caller: Visitor | Staff,
  assignee: 'me' | 'nobody' | 'anybody',
): string | null | undefined {
  if (caller.kind === 'visitor' || assignee === 'anybody') return undefined
  return assignee === 'me' ? caller.userId : null
}

function writeCursor({ updatedAt, id }: Conversation): string {
  return Buffer.from(`${updatedAt}|${id}`).toString('base64url')
}

function readCursor(cursor: string): { updatedAt: Date; id: string } {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split('|')
  const updatedAt = new Date(time)
  if (Number.isNaN(updatedAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id))
    throw badInput('cursor', 'not a cursor from here')
  return { updatedAt, id }
}

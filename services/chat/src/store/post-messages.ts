import { messagePosted } from '@candor/contracts/chat/events'
import type { Conversation, Message } from '@candor/contracts/chat/schemas'
import { postgresTrouble, violatedUnique } from '@candor/runtime/postgres'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { toConversation } from './conversations.ts'
import type { ConversationRow } from './conversations.ts'
import { messagesMax, textBytesMax } from './messages.ts'
import type { Database } from './tables.ts'

/**
 * Stores all of them by one call, which is a transaction of its own, and answers each with its conversation as of then;
 * undefined for those that have to be tried alone. Repeats are looked for once one has shown itself, as they are rare.
 * Throws where nothing was stored, or, with the connection lost, where nobody knows.
 */
export async function postMessages(
  db: Kysely<Database>,
  posts: readonly NewPost[],
): Promise<(Posted | undefined)[]> {
  if (posts.length === 1) return [await postOne(db, posts[0]!)]
  const rows = await postMany(db, posts, false).catch((err: unknown) => {
    if (violatedUnique(err) === undefined) throw err
    return postMany(db, posts, true)
  })
  const posted: (Posted | undefined)[] = posts.map(() => undefined)
  for (const row of rows) posted[row.place] = toPosted(posts[row.place]!, row)
  return posted
}

async function postMany(db: Kysely<Database>, posts: readonly NewPost[], seekRepeats: boolean) {
  const tenants = [...new Set(posts.map((post) => post.tenantId))].join(',')
  const entries = JSON.stringify(posts.map(toEntry))
  const { rows } = await sql<PostedRow & { place: number }>`/* prepared post-messages */
    select * from post_messages(${tenants}, ${entries}, ${seekRepeats}, ${messagesMax}, ${textBytesMax}, ${eventType})`.execute(
    db,
  )
  return rows
}

/** A repeat, and a conversation that somebody else holds, leave it to be tried alone. */
async function postOne(db: Kysely<Database>, post: NewPost): Promise<Posted | undefined> {
  const e = toEntry(post, 0)
  try {
    const { rows } = await sql<PostedRow>`/* prepared post-message */
      select * from post_message(${e.tenant_id}, ${e.id}, ${e.event_id}, ${e.conversation_id}, ${e.visitor_id}, ${e.author_kind},
        ${e.author_id}, ${e.text}, ${e.client_message_id}, ${e.at}, ${e.traceparent}, ${messagesMax}, ${textBytesMax}, ${eventType})`.execute(
      db,
    )
    return rows[0] && toPosted(post, rows[0])
  } catch (err) {
    if (violatedUnique(err) !== undefined || postgresTrouble(err) === 'busy') return undefined
    throw err
  }
}

export interface NewPost {
  id: string
  eventId: string
  tenantId: string
  conversationId: string
  author: { kind: 'visitor'; visitorId: string } | { kind: 'staff'; userId: string }
  text: string
  clientMessageId: string
  now: Date
  traceparent: string | null
}

export interface Posted {
  message: Message
  conversation: Conversation
}

const eventType = `${messagePosted.source}.${messagePosted.name}`

function toEntry({ author, ...post }: NewPost, place: number) {
  const isVisitor = author.kind === 'visitor'
  return {
    place,
    id: post.id,
    event_id: post.eventId,
    tenant_id: post.tenantId,
    conversation_id: post.conversationId,
    visitor_id: isVisitor ? author.visitorId : null,
    author_kind: author.kind,
    author_id: isVisitor ? author.visitorId : author.userId,
    text: post.text,
    client_message_id: post.clientMessageId,
    at: post.now,
    traceparent: post.traceparent,
  }
}

function toPosted(
  { id, conversationId, author, text, clientMessageId, now }: NewPost,
  row: PostedRow,
): Posted {
  return {
    message: {
      id,
      conversationId,
      seq: row.last_seq,
      author:
        author.kind === 'visitor'
          ? { kind: 'visitor', name: row.author_name }
          : { kind: 'staff', userId: author.userId, name: row.author_name ?? '' },
      text: row.last_text ?? text,
      notice: null,
      clientMessageId,
      createdAt: now.toISOString(),
    },
    conversation: toConversation(row),
  }
}

interface PostedRow extends ConversationRow {
  author_name: string | null
}

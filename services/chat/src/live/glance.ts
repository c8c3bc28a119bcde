import type { Conversation } from '@candor/contracts/chat/schemas'
import { asTenant } from '@candor/runtime/tenancy'
import type { Kysely } from 'kysely'
import { findConversations } from '../store/conversations.ts'
import type { ConversationKey } from '../store/conversations.ts'
import type { Database } from '../store/tables.ts'

/**
 * Looks at conversations for streams that are quiet: whoever asks within a moment is answered by one question, however
 * many ask. Undefined where there is no such conversation, or none to be seen.
 */
export function createGlance(db: Kysely<Database>): Glance {
  let waiting: Look[] = []

  async function look(): Promise<void> {
    const looks = waiting
    waiting = []
    try {
      const tenantIds = [...new Set(looks.map(({ key }) => key.tenantId))]
      const found = await asTenant(db, tenantIds, (trx) =>
        findConversations(
          trx,
          looks.map(({ key }) => key),
        ),
      )
      looks.forEach(({ resolve }, place) => resolve(found[place]))
    } catch (err) {
      for (const { reject } of looks) reject(err)
    }
  }

  return (key) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ key, resolve, reject }) === 1) setTimeout(look, momentMs)
    })
}

export type Glance = (key: ConversationKey) => Promise<Conversation | undefined>

const momentMs = 100

interface Look {
  key: ConversationKey
  resolve: (conversation: Conversation | undefined) => void
  reject: (err: unknown) => void
}

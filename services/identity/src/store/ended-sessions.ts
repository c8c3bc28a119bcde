import type { Role } from '@candor/contracts/callers'
import { endedSessionsMax } from '@candor/contracts/identity/schemas'
import type { EndedSession } from '@candor/contracts/identity/schemas'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** From here on no token of these sessions counts, or none that names another role. Forgets those that are long over. */
export async function endTokens(
  trx: Transaction<Database>,
  { sessionIds, role, now }: { sessionIds: readonly string[]; role: Role | null; now: Date },
): Promise<void> {
  const longOver = new Date(now.getTime() - keptMs)
  await sql`
    delete from ended_sessions where session_id in (
      select session_id from ended_sessions where at < ${longOver} for update skip locked)`.execute(trx)
  await sql`
    insert into ended_sessions (session_id, at, role)
    select id, ${now}, ${role} from unnest(${sessionIds}::uuid[]) as id order by id
    on conflict (session_id) do update set at = excluded.at, role = excluded.role`.execute(trx)
}

/** A quarter of an hour: longer than any token of a session lives. */
const keptMs = 15 * 60_000

/** Those after a place in their order, oldest first. */
export async function listEndedSessions(
  db: Kysely<Database>,
  after: { at: string; sessionId: string } | null,
): Promise<EndedSession[]> {
  const rows = await db
    .selectFrom('ended_sessions')
    .selectAll()
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(at, session_id) > (${after!.at}::timestamptz, ${after!.sessionId}::uuid)`),
    )
    .orderBy('at')
    .orderBy('session_id')
    .limit(endedSessionsMax)
    .execute()
  return rows.map(({ session_id: sessionId, at, role }) => ({ sessionId, at: at.toISOString(), role }))
}

import type { ConversationRecord } from '@candor/contracts/chat/schemas'
import { measures } from '@candor/contracts/transcripts/statistics'
import { isRestricted } from '@candor/events/restrictions'
import type { Transaction } from 'kysely'
import { addChatOfDay, gather } from '../store/statistics.ts'
import type { Cell } from '../store/statistics.ts'
import type { Database } from '../store/tables.ts'

/** Counts a chat that has ended, unless its visitor objected to statistics or had their processing restricted. */
export async function countChat(
  trx: Transaction<Database>,
  tenantId: string,
  record: ConversationRecord,
  now: Date,
): Promise<void> {
  if (record.channel !== 'chat') return
  if (await isRestricted(trx, record.visitorId, 'statistics')) return
  await addChatOfDay(trx, tenantId, record.startedAt.slice(0, 10))
  await gather(trx, tenantId, dayOf(now), cellsOf(record))
}

export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}

/** What is counted of it: parts so coarse that many chats fall into each. */
export function cellsOf({ startedAt, messages }: Pick<ConversationRecord, 'startedAt' | 'messages'>): Cell[] {
  const start = new Date(startedAt)
  const since = (time: string | undefined) =>
    time === undefined ? undefined : Date.parse(time) - start.getTime()
  const written = messages.filter(({ notice }) => notice === null)
  const answer = written.find(({ author }) => author.kind === 'staff')
  return [
    { measure: 'hour', part: measures.hour[start.getUTCHours()]! },
    { measure: 'weekday', part: measures.weekday[(start.getUTCDay() + 6) % 7]! },
    { measure: 'length', part: spanOf(since(written.at(-1)?.createdAt) ?? 0) },
    { measure: 'answer', part: answer ? spanOf(since(answer.createdAt)!) : 'never' },
  ]
}

function spanOf(ms: number): string {
  const minutes = ms / 60_000
  if (minutes < 1) return 'under-1m'
  if (minutes < 5) return '1m-5m'
  if (minutes < 15) return '5m-15m'
  return minutes < 60 ? '15m-1h' : 'over-1h'
}

import type { CallerOf, InputOf, OutputOf } from '@candor/contracts/contract'
import type { transcripts } from '@candor/contracts/transcripts'
import { isRestricted } from '@candor/events/restrictions'
import { notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { gather } from '../store/statistics.ts'
import { lockTranscript, setRated } from '../store/transcripts.ts'
import { dayOf } from './count-chat.ts'
import type { Deps } from './deps.ts'

/** Counts how well a conversation went, once. With the conversation stays that it was rated, not how. */
export async function rateConversation(
  deps: Deps,
  { tenantId, visitorId }: CallerOf<Row>,
  { conversationId, rating }: InputOf<Row>,
): Promise<OutputOf<Row>> {
  return asTenant(deps.db, tenantId, async (trx) => {
    const transcript = await lockTranscript(trx, tenantId, conversationId)
    if (transcript?.visitorId !== visitorId || transcript.channel !== 'chat') throw notFound('transcript')
    if (transcript.isRated) throw new ServiceError('conflict', 'this conversation has been rated')
    if (await isRestricted(trx, visitorId, 'statistics')) return { counted: false }
    await setRated(trx, tenantId, conversationId)
    await gather(trx, tenantId, dayOf(deps.clock.now()), [{ measure: 'rating', part: rating }])
    return { counted: true }
  })
}

type Row = (typeof transcripts)['procedures']['rateConversation']

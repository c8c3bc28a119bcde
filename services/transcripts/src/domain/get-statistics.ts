import type { CallerOf, InputOf, OutputOf } from '@candor/contracts/contract'
import type { transcripts } from '@candor/contracts/transcripts'
import { measures } from '@candor/contracts/transcripts/statistics'
import type { Measure } from '@candor/contracts/transcripts/statistics'
import { asTenant } from '@candor/runtime/tenancy'
import { listCounts, listDays } from '../store/statistics.ts'
import type { Deps } from './deps.ts'

/** The figures of a span of days. */
export async function getStatistics(
  deps: Deps,
  { tenantId }: CallerOf<Row>,
  span: InputOf<Row>,
): Promise<OutputOf<Row>> {
  const { days, counted } = await asTenant(deps.db, tenantId, async (trx) => ({
    days: await listDays(trx, tenantId, span),
    counted: await listCounts(trx, tenantId, span),
  }))
  const of = (measure: Measure) =>
    measures[measure].map((part) => ({
      part,
      chats: counted.find((cell) => cell.measure === measure && cell.part === part)?.chats ?? 0,
    }))
  return {
    days,
    hour: of('hour'),
    weekday: of('weekday'),
    length: of('length'),
    answer: of('answer'),
    rating: of('rating'),
  }
}

type Row = (typeof transcripts)['procedures']['getStatistics']

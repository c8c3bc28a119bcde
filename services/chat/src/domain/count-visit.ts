import type { chat } from '@candor/contracts/chat'
import type { Processing } from '@candor/contracts/data-holder'
import type { CallerOf, InputOf, OutputOf } from '@candor/contracts/contract'
import { isRestricted } from '@candor/events/restrictions'
import { isBuried } from '@candor/events/tombstones'
import { joinSignals, mayCountVisit, mayKeepCampaign } from '@candor/policy/consent'
import type { Call } from '@candor/rpc/call'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { addVisit, countPagesOf, findVisitorConsent, insertCookieYield } from '../store/visits.ts'
import type { Database } from '../store/tables.ts'
import type { Deps } from './deps.ts'

/**
 * Counts a page view where notice, consent and signals allow it. The token shows whose consent to look up and goes no
 * further: the count is a number beside a day and a page. What a person objected to is not done, whatever they agreed to.
 */
export async function countVisit(
  deps: Deps,
  call: Call<CallerOf<Row>>,
  input: InputOf<Row>,
): Promise<OutputOf<Row>> {
  const business = await deps.identity.findBusiness.query({ widgetKey: input.widgetKey })
  const { caller } = call
  if (!business || (caller.kind === 'visitor' && caller.tenantId !== business.id)) throw notFound('business')
  const { policy } = await deps.policies.of(business.id)
  const signals = joinSignals(call.signals, input.signals)
  const now = deps.clock.now()
  return asTenant(deps.db, business.id, async (trx) => {
    const visitorId = caller.kind === 'visitor' ? caller.visitorId : null
    const given = visitorId && !(await isBuried(trx, visitorId)) ? await consentOf(trx, visitorId) : []
    const mayUse = async (processing: Processing) =>
      visitorId === null || !(await isRestricted(trx, visitorId, processing))
    const counted = mayCountVisit(policy, given, signals) && (await mayUse('statistics'))
    if (counted) await count(trx, business.id, now, input)
    const campaign = mayKeepCampaign(policy, given, signals) ? input.campaign : undefined
    if (campaign === undefined || visitorId === null || !(await mayUse('marketing')))
      return { counted, campaignKept: false }
    await insertCookieYield(trx, { id: deps.newId(), tenantId: business.id, visitorId, campaign, now })
    return { counted, campaignKept: true }
  })

  function consentOf(trx: Transaction<Database>, visitorId: string) {
    return findVisitorConsent(trx, { tenantId: business!.id, visitorId })
  }
}

type Row = (typeof chat)['procedures']['countVisit']

/** Addresses come from outside and may be endless: past so many a day the rest is counted together. */
async function count(
  trx: Transaction<Database>,
  tenantId: string,
  now: Date,
  { isFirstOfVisit, isReturning, ...input }: InputOf<Row>,
): Promise<void> {
  const page = withoutIds(input.page)
  const day = now.toISOString().slice(0, 10)
  const { others } = await countPagesOf(trx, { tenantId, day, page })
  await addVisit(trx, {
    tenantId,
    day,
    page: others < pagesMax ? page : otherPages,
    isFirstOfVisit,
    isReturning,
  })
}

const pagesMax = 1_000
const otherPages = '/*'

/** Parts of an address that may name somebody, an order or an account, leave it. */
function withoutIds(page: string): string {
  return page.replace(/[^/]*(\d{4,}|@|%40)[^/]*/g, '*')
}

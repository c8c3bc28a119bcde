import type { VisitCount } from '@candor/contracts/chat/visits'
import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** A fact that comes late does not undo a later one. */
export async function setVisitorConsent(
  trx: Transaction<Database>,
  consent: { tenantId: string; visitorId: string; given: ConsentPurpose[]; changedAt: Date },
): Promise<void> {
  const { tenantId, visitorId, given, changedAt } = consent
  await sql`
    insert into visitor_consents (tenant_id, visitor_id, given, changed_at)
    values (${tenantId}, ${visitorId}, ${given}, ${changedAt})
    on conflict (tenant_id, visitor_id) do update set given = excluded.given, changed_at = excluded.changed_at
    where visitor_consents.changed_at <= excluded.changed_at`.execute(trx)
}

/** Nothing is given by a visitor nothing is known of. */
export async function findVisitorConsent(
  trx: Transaction<Database>,
  where: { tenantId: string; visitorId: string },
): Promise<ConsentPurpose[]> {
  const row = await trx
    .selectFrom('visitor_consents')
    .select('given')
    .where('tenant_id', '=', where.tenantId)
    .where('visitor_id', '=', where.visitorId)
    .executeTakeFirst()
  return row?.given ?? []
}

export async function addVisit(
  trx: Transaction<Database>,
  visit: { tenantId: string; day: string; page: string; isFirstOfVisit: boolean; isReturning: boolean },
): Promise<void> {
  const visits = visit.isFirstOfVisit ? 1 : 0
  const returned = visit.isFirstOfVisit && visit.isReturning ? 1 : 0
  await sql`
    insert into visit_counts (tenant_id, day, page, views, visits, returned)
    values (${visit.tenantId}, ${visit.day}, ${visit.page}, 1, ${visits}, ${returned})
    on conflict (tenant_id, day, page) do update set
      views = visit_counts.views + 1,
      visits = visit_counts.visits + excluded.visits,
      returned = visit_counts.returned + excluded.returned`.execute(trx)
}

/** How many pages of a tenant have a count on that day. */
export async function countPagesOf(
  trx: Transaction<Database>,
  where: { tenantId: string; day: string; page: string },
): Promise<{ others: number }> {
  const { rows } = await sql<{ others: number }>`
    select count(*)::int as others from visit_counts
    where tenant_id = ${where.tenantId} and day = ${where.day} and page <> ${where.page}`.execute(trx)
  return rows[0]!
}

export async function listVisitCounts(
  trx: Transaction<Database>,
  where: { tenantId: string; from: string; to: string; of: 'each-page' | 'all-pages' },
): Promise<VisitCount[]> {
  const page = where.of === 'each-page' ? sql`page` : sql`'/*'`
  const { rows } = await sql<VisitCount>`
    select day::text as day, ${page} as page, sum(views)::int as views, sum(visits)::int as visits,
      sum(returned)::int as returned
    from visit_counts
    where tenant_id = ${where.tenantId} and day between ${where.from}::date and ${where.to}::date
    group by 1, 2 order by day desc, views desc, page limit 1000`.execute(trx)
  return rows
}

/** Once a visitor and campaign, with the time at which the campaign first led here. */
export async function insertCookieYield(
  trx: Transaction<Database>,
  cookieYield: { id: string; tenantId: string; visitorId: string; campaign: string; now: Date },
): Promise<void> {
  const { id, tenantId, visitorId, campaign, now } = cookieYield
  const row = { id, tenant_id: tenantId, visitor_id: visitorId, campaign, created_at: now }
  await trx
    .insertInto('cookie_yields')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteCookieYields(
  trx: Transaction<Database>,
  where: { tenantId: string; visitorId: string },
): Promise<void> {
  await trx
    .deleteFrom('cookie_yields')
    .where('tenant_id', '=', where.tenantId)
    .where('visitor_id', '=', where.visitorId)
    .execute()
}

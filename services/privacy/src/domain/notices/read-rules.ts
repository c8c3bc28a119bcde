import type { TenantRules } from '@candor/contracts/policy/tenant-rules'
import { scheduleOf } from '@candor/policy/schedule'
import type { Transaction } from 'kysely'
import { findClosure } from '../../store/closures.ts'
import { listHolds } from '../../store/holds.ts'
import { listVersions } from '../../store/notices.ts'
import { readRevision } from '../../store/rules-feed.ts'
import type { Database } from '../../store/tables.ts'

/** What every service is to obey for a tenant, from what is committed. */
export async function readRules(
  trx: Transaction<Database>,
  tenantId: string,
  now: Date,
): Promise<TenantRules> {
  // Read first: what is committed in between comes under a revision too low, and then again under its own.
  const revision = await readRevision(trx, tenantId)
  const closure = await findClosure(trx, tenantId)
  const published = closure?.versions ?? (await listVersions(trx, tenantId))
  const versions = published.map(({ version, pack, revisedAt, effectiveAt, policy }) => ({
    version,
    pack,
    revisedAt,
    effectiveAt,
    policy,
  }))
  const holds = (await listHolds(trx, tenantId))
    .filter(({ released_at, until }) => !released_at && (!until || until > now))
    .map(({ id, category, law, owner, until }) => ({
      id,
      category,
      law,
      owner,
      until: until?.toISOString() ?? null,
    }))
  const rules = { tenantId, revision, holds }
  if (closure) return { ...rules, versions, closedAt: closure.closedAt.toISOString() }
  return { ...rules, versions: scheduleOf(versions, now) }
}

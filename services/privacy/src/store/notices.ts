import type { Policy } from '@candor/contracts/policy/policy'
import type { PackId, PolicyVersion } from '@candor/contracts/policy/tenant-rules'
import type { ExpiredCount } from '@candor/contracts/privacy/notice-schemas'
import { firstVersion } from '@candor/policy/in-force'
import type { Selectable, Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** A version as it was published. */
export interface Published extends PolicyVersion {
  isSignificant: boolean
  announcedBy: Policy['announcements']
}

/** Oldest first. Every business begins with the same one, without a row. */
export async function listVersions(trx: Transaction<Database>, tenantId: string): Promise<Published[]> {
  const rows = await trx
    .selectFrom('notice_versions')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('version')
    .execute()
  return [{ ...firstVersion, isSignificant: false, announcedBy: [] }, ...rows.map(toPublished)]
}

export async function insertVersion(
  trx: Transaction<Database>,
  tenantId: string,
  version: Published,
  confirmed: ExpiredCount[] | null,
): Promise<void> {
  const row = {
    tenant_id: tenantId,
    version: version.version,
    pack: version.pack,
    policy: JSON.stringify(version.policy),
    revised_at: new Date(version.revisedAt),
    effective_at: new Date(version.effectiveAt),
    is_significant: version.isSignificant,
    announced_by: version.announcedBy,
    confirmed: confirmed && JSON.stringify(confirmed),
  }
  await trx.insertInto('notice_versions').values(row).execute()
}

export async function findDraft(
  trx: Transaction<Database>,
  tenantId: string,
): Promise<{ pack: PackId; policy: Policy; savedAt: Date } | undefined> {
  return trx
    .selectFrom('policy_drafts')
    .select(['pack', 'policy', 'saved_at as savedAt'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst()
}

export async function setDraft(
  trx: Transaction<Database>,
  tenantId: string,
  draft: { pack: PackId; policy: Policy; savedAt: Date },
): Promise<void> {
  const set = { pack: draft.pack, policy: JSON.stringify(draft.policy), saved_at: draft.savedAt }
  await trx
    .insertInto('policy_drafts')
    .values({ tenant_id: tenantId, ...set })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(set))
    .execute()
}

export async function deleteDraft(trx: Transaction<Database>, tenantId: string): Promise<void> {
  await trx.deleteFrom('policy_drafts').where('tenant_id', '=', tenantId).execute()
}

/** The highest version the account has acknowledged; with it, it has seen all before. */
export async function findAcknowledged(trx: Transaction<Database>, userId: string): Promise<number> {
  const { version } = await trx
    .selectFrom('notice_acknowledgements')
    .select(({ fn }) => fn.max('version').as('version'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return version ?? 0
}

export async function acknowledge(
  trx: Transaction<Database>,
  seen: { tenantId: string; userId: string; version: number; now: Date },
): Promise<void> {
  await trx
    .insertInto('notice_acknowledgements')
    .values({
      tenant_id: seen.tenantId,
      user_id: seen.userId,
      version: seen.version,
      acknowledged_at: seen.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function toPublished(row: Selectable<Database['notice_versions']>): Published {
  return {
    version: row.version,
    pack: row.pack,
    revisedAt: row.revised_at.toISOString(),
    effectiveAt: row.effective_at.toISOString(),
    policy: row.policy,
    isSignificant: row.is_significant,
    announcedBy: row.announced_by,
  }
}

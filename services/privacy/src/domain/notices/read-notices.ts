import type { NoticeVersion, PolicyDiff, PublishedNotice } from '@candor/contracts/privacy/notice-schemas'
import { diffPolicy } from './diff-policy.ts'
import { versionInForce } from '@candor/policy/in-force'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { listVersions } from '../../store/notices.ts'
import type { Published } from '../../store/notices.ts'
import type { Deps } from '../deps.ts'

/** Newest first. */
export async function listNoticeVersions(deps: Deps, slug: string): Promise<NoticeVersion[]> {
  const published = await readPublished(deps, slug)
  const now = deps.clock.now()
  return published.map((version) => describeVersion(version, published, now)).toReversed()
}

export async function getNoticeVersion(
  deps: Deps,
  input: { business: string; version: number },
): Promise<PublishedNotice> {
  const published = await readPublished(deps, input.business)
  const found = getVersion(published, input.version)
  return { ...describeVersion(found, published, deps.clock.now()), policy: found.policy }
}

export async function diffNotices(
  deps: Deps,
  input: { business: string; from: number; to: number },
): Promise<PolicyDiff> {
  const published = await readPublished(deps, input.business)
  return diffPolicy(getVersion(published, input.from).policy, getVersion(published, input.to).policy)
}

/** What the business promises at this moment, as committed. */
export async function getVersionInForce(deps: Deps, tenantId: string): Promise<Published> {
  const published = await asTenant(deps.db, tenantId, (trx) => listVersions(trx, tenantId))
  return versionInForce(published, deps.clock.now())
}

export function describeVersion(
  { version, pack, revisedAt, effectiveAt, isSignificant }: Published,
  published: readonly Published[],
  now: Date,
): NoticeVersion {
  const isInForce = versionInForce(published, now).version === version
  return { version, pack, revisedAt, effectiveAt, isSignificant, isInForce }
}

async function readPublished(deps: Deps, slug: string): Promise<Published[]> {
  const business = await deps.identity.findBusiness.query({ slug })
  if (!business) throw notFound('business')
  return asTenant(deps.db, business.id, (trx) => listVersions(trx, business.id))
}

function getVersion(published: readonly Published[], version: number): Published {
  const found = published.find((one) => one.version === version)
  if (!found) throw notFound('version')
  return found
}

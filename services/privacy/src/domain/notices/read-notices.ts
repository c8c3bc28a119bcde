import type { Notice } from '@candor/contracts/policy/notice'
import type { NoticeDiff, NoticeVersion, PublishedNotice } from '@candor/contracts/privacy/notice-schemas'
import { diffPolicy } from './diff-policy.ts'
import { diffNotices as diff } from '@candor/policy/diff-notices'
import { versionInForce } from '@candor/policy/in-force'
import type { NoticeSource } from '@candor/policy/notice/source'
import { packs } from '@candor/policy/packs'
import { renderNotice } from '@candor/policy/render-notice'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { listVersions } from '../../store/notices.ts'
import type { Published } from '../../store/notices.ts'
import type { Deps } from '../deps.ts'

/** Newest first. */
export async function listNoticeVersions(deps: Deps, slug: string): Promise<NoticeVersion[]> {
  const { published } = await readBusiness(deps, slug)
  const now = deps.clock.now()
  return published.map((version) => describeVersion(version, published, now)).toReversed()
}

export async function getNoticeVersion(
  deps: Deps,
  input: { business: string; version: number },
): Promise<PublishedNotice> {
  const { published } = await readBusiness(deps, input.business)
  const found = getVersion(published, input.version)
  return { ...describeVersion(found, published, deps.clock.now()), policy: found.policy }
}

export async function diffNotices(
  deps: Deps,
  input: { business: string; from: number; to: number },
): Promise<NoticeDiff> {
  const { business, published } = await readBusiness(deps, input.business)
  const [from, to] = [getVersion(published, input.from), getVersion(published, input.to)]
  const { paragraphs } = diff(writeNotice(business, from), writeNotice(business, to))
  return { ...diffPolicy(from.policy, to.policy), paragraphs }
}

/** A version as it stands on the page. */
export function writeNotice(
  { name, country }: Notice['business'],
  { pack, policy, revisedAt, effectiveAt }: Published,
  reading: Pick<NoticeSource, 'readerCountry' | 'held'> = {},
): Notice {
  return renderNotice({
    pack: packs[pack],
    policy,
    business: { name, country },
    revisedAt,
    effectiveAt,
    ...reading,
  })
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

/** A business and everything that it has published. */
export async function readBusiness(deps: Deps, slug: string) {
  const business = await deps.identity.findBusiness.query({ slug })
  if (!business) throw notFound('business')
  const published = await asTenant(deps.db, business.id, (trx) => listVersions(trx, business.id))
  return { business, published }
}

export function getVersion(published: readonly Published[], version: number): Published {
  const found = published.find((one) => one.version === version)
  if (!found) throw notFound('version')
  return found
}

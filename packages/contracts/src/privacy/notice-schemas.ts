import { z } from 'zod'
import { services } from '../callers.ts'
import { Id, Time } from '../fields.ts'
import { categoryIds } from '../policy/categories.ts'
import { TextChange } from '../policy/notice.ts'
import { Policy } from '../policy/policy.ts'
import { LegalHold, PackId, PolicyVersion } from '../policy/tenant-rules.ts'

/** A ready-made policy a business can start from. `fillIn` names the settings that only the business can know. */
export const PackDescription = z.object({
  id: PackId,
  title: z.string(),
  fillIn: z.array(z.string()),
  policy: Policy,
})
export type PackDescription = z.infer<typeof PackDescription>

/** What the business is working on; before it saves anything, the version it published last. */
export const PolicyDraft = z.object({
  pack: PackId,
  policy: Policy,
  savedAt: Time.nullable(),
})
export type PolicyDraft = z.infer<typeof PolicyDraft>

/** One setting that differs, by its path in the policy; null where it is not there. */
export const PolicyChange = z.object({
  path: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** Whether it changes what happens to personal data or what a person can ask for. */
  significant: z.boolean(),
})
export type PolicyChange = z.infer<typeof PolicyChange>

export const PolicyDiff = z.object({ changes: z.array(PolicyChange), isSignificant: z.boolean() })
export type PolicyDiff = z.infer<typeof PolicyDiff>

export const NoticeDiff = PolicyDiff.extend({
  /** Sentences and rows of tables; null where the one version has it not at all. */
  paragraphs: z.array(TextChange),
})
export type NoticeDiff = z.infer<typeof NoticeDiff>

/** How many rows of a category would go in the first sweep, and from when the oldest of them counts. */
export const ExpiredCount = z.object({
  service: z.enum(services),
  category: z.string(),
  rows: z.number().int(),
  oldest: Time.nullable(),
})
export type ExpiredCount = z.infer<typeof ExpiredCount>

export const PolicyPreview = PolicyDiff.extend({
  /** The version it is compared with: the one published last. */
  since: z.number().int(),
  effectiveAt: Time,
  /** Categories of which something would be kept for less time than now. */
  shorter: z.array(z.enum(categoryIds)),
  /** Categories of which something would be kept longer: possible only for what is collected from the effective date. */
  longer: z.array(z.enum(categoryIds)),
  /** What would go in the first night under the new version, also of what would have gone without it. */
  firstNight: z.array(ExpiredCount),
  /** Promises of the pack that the settings do not keep: the notice does not make them. */
  withdrawn: z.array(z.object({ clause: z.string(), text: z.string() })),
  /** Settings that only the business can know, and that are still empty. */
  unfilled: z.array(z.string()),
  /** Has to come back with `publishPolicy` where a period gets shorter. It stands for this preview and no other. */
  confirmation: z.object({ token: z.string(), expiresAt: Time }).nullable(),
})
export type PolicyPreview = z.infer<typeof PolicyPreview>

export const NoticeVersion = PolicyVersion.omit({ policy: true }).extend({
  isSignificant: z.boolean(),
  isInForce: z.boolean(),
})
export type NoticeVersion = z.infer<typeof NoticeVersion>

export const PublishedNotice = NoticeVersion.extend({ policy: Policy })
export type PublishedNotice = z.infer<typeof PublishedNotice>

/** A changed notice that the account has not acknowledged. */
export const Announcement = NoticeVersion.extend({
  shownAs: z.array(z.enum(['banner', 'in-account'])),
  changes: z.array(PolicyChange),
})
export type Announcement = z.infer<typeof Announcement>

export const Hold = LegalHold.extend({
  placedAt: Time,
  /** When it was released, or its end passed. */
  endedAt: Time.nullable(),
})
export type Hold = z.infer<typeof Hold>

export const NewHold = LegalHold.omit({ id: true })
export const HoldId = z.object({ holdId: Id })

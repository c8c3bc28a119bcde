import { z } from 'zod'
import { admins, anyone, staff } from '../callers.ts'
import { mutation, query } from '../contract.ts'
import { Slug, Time } from '../fields.ts'
import { categoryIds } from '../policy/categories.ts'
import { Policy } from '../policy/policy.ts'
import { PackId } from '../policy/tenant-rules.ts'
import {
  Announcement,
  Hold,
  HoldId,
  NewHold,
  NoticeDiff,
  NoticeVersion,
  PackDescription,
  PolicyDraft,
  PolicyPreview,
  PublishedNotice,
} from './notice-schemas.ts'

export const Version = z.number().int().min(1).max(1_000_000)

/** What a business promises, how it changes that, and what it must keep meanwhile. */
export const notices = {
  listPacks: query({
    summary: 'The ready-made policies a business can start from.',
    access: anyone,
    purpose: 'none',
    input: z.object({}),
    output: z.array(PackDescription),
  }),
  getPolicyDraft: query({
    summary: 'The policy as the business is editing it.',
    access: admins,
    purpose: 'none',
    input: z.object({}),
    output: PolicyDraft,
  }),
  savePolicyDraft: mutation({
    summary:
      'Saves a draft in place of the one before: a pack as it is, or edited. What contradicts itself or a law is refused at its path. Nothing is published.',
    access: admins,
    purpose: 'none',
    input: z.object({ pack: PackId, policy: Policy.optional() }),
    output: PolicyDraft,
  }),
  previewPolicy: query({
    summary:
      'What publishing the draft would change, and how much would go in the first night. `effectiveAt` left out means at once.',
    access: admins,
    purpose: 'none',
    input: z.object({ effectiveAt: Time.optional() }),
    output: PolicyPreview,
    errors: ['unavailable'],
  }),
  publishPolicy: mutation({
    summary:
      'Publishes the draft. A shorter period needs the confirmation of the preview; a longer one is refused unless its category stands in `onlyNew`: it is then for what is collected from the effective date.',
    access: admins,
    purpose: 'none',
    input: z.object({
      effectiveAt: Time.optional(),
      confirmation: z.string().min(1).max(4_000).optional(),
      onlyNew: z.array(z.enum(categoryIds)).max(categoryIds.length).default([]),
    }),
    output: NoticeVersion,
    errors: ['conflict', 'expired', 'too-large'],
  }),
  listNoticeVersions: query({
    summary: "All versions of a business's notice, newest first, also those that are still to come.",
    access: anyone,
    purpose: 'none',
    input: z.object({ business: Slug }),
    output: z.array(NoticeVersion),
    errors: ['not-found'],
  }),
  getNoticeVersion: query({
    summary: "One version of a business's notice, with everything it sets.",
    access: anyone,
    purpose: 'none',
    input: z.object({ business: Slug, version: Version }),
    output: PublishedNotice,
    errors: ['not-found'],
  }),
  diffNotices: query({
    summary: 'What differs between two versions of a notice: its settings, and what it says.',
    access: anyone,
    purpose: 'none',
    input: z.object({ business: Slug, from: Version, to: Version }),
    output: NoticeDiff,
    errors: ['not-found'],
  }),
  listAnnouncements: query({
    summary: 'Changed notices that the caller has not acknowledged, newest first.',
    access: staff,
    purpose: 'run-account',
    input: z.object({}),
    output: z.array(Announcement),
  }),
  acknowledgeNotice: mutation({
    summary:
      'The caller has seen a changed notice: it is not announced to them again. Repeating it changes nothing.',
    access: staff,
    purpose: 'run-account',
    input: z.object({ version: Version }),
    output: z.object({}),
    errors: ['not-found'],
  }),
  placeHold: mutation({
    summary:
      'Has a category of records kept, whatever its period says, because a law demands it: neither sweep nor erasure touches it.',
    access: admins,
    purpose: 'none',
    input: NewHold,
    output: Hold,
  }),
  releaseHold: mutation({
    summary: 'Ends a hold. Erasures that waited for it go on by themselves. Repeating it changes nothing.',
    access: admins,
    purpose: 'none',
    input: HoldId,
    output: Hold,
    errors: ['not-found'],
  }),
  listHolds: query({
    summary: 'The holds of the business, newest first, also those that are over.',
    access: admins,
    purpose: 'none',
    input: z.object({}),
    output: z.array(Hold),
  }),
} as const

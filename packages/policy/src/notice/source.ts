import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Notice, Section } from '@candor/contracts/policy/notice'
import type { Policy } from '@candor/contracts/policy/policy'
import type { Pack } from '../pack.ts'

/** What a notice is written from. */
export interface NoticeSource extends Pick<Notice, 'business' | 'revisedAt' | 'effectiveAt'> {
  pack: Pack
  policy: Policy
  /** Country of the reader, where known: whose authority is named. */
  readerCountry?: string
  /** Categories that some service holds; all of them unless said. */
  held?: readonly CategoryId[]
}

export type WriteSection = (source: NoticeSource) => Section

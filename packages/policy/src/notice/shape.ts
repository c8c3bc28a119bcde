import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import type { PackId } from '@candor/contracts/policy/tenant-rules'
import type { Pack } from '../pack.ts'

/** A notice as data, for a page, a mail or a file to set. */
export interface Notice {
  readonly pack: PackId
  readonly business: Business
  readonly revisedAt: string | null
  readonly effectiveAt: string | null
  readonly settings: Policy
  readonly sections: readonly Section[]
}

export interface Section {
  readonly id: SectionId
  readonly title: string
  readonly paragraphs: readonly Paragraph[]
  readonly tables: readonly Table[]
}

export interface Paragraph {
  /** The same in every version of the notice, so that versions can be compared. */
  readonly key: string
  readonly text: string
  /** The promise that it makes, where it is one of the pack's. */
  readonly clause: string | null
}

export interface Table {
  readonly key: string
  readonly head: readonly string[]
  readonly rows: readonly { readonly key: string; readonly cells: readonly string[] }[]
}

export type SectionId =
  | 'about'
  | 'data'
  | 'cookies'
  | 'signals'
  | 'recipients'
  | 'rights'
  | 'children'
  | 'marketing'
  | 'workings'
  | 'changes'
  | 'contact'

export interface Business {
  readonly name: string
  readonly country: string
  /** Where the notice names none. */
  readonly contact?: string
}

/** What a notice is written from. */
export interface NoticeSource {
  readonly pack: Pack
  readonly policy: Policy
  readonly business: Business
  /** null in a preview. */
  readonly revisedAt: string | null
  readonly effectiveAt: string | null
  /** Country of the reader, where known: whose authority is named. */
  readonly readerCountry?: string
  /** Categories that some service holds; all of them unless said. */
  readonly held?: readonly CategoryId[]
}

export type WriteSection = (source: NoticeSource) => Section

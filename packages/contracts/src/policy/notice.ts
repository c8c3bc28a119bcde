import { z } from 'zod'
import { Country, Time } from '../fields.ts'
import { Policy } from './policy.ts'
import { PackId } from './tenant-rules.ts'

const sectionIds = [
  'about',
  'data',
  'cookies',
  'signals',
  'recipients',
  'rights',
  'children',
  'marketing',
  'workings',
  'changes',
  'contact',
] as const

const Paragraph = z.object({
  /** The same in every version of the notice, so that versions can be compared. */
  key: z.string(),
  text: z.string(),
  /** The promise that it makes, where it is one of the pack's. */
  clause: z.string().nullable(),
})

const Table = z.object({
  key: z.string(),
  head: z.array(z.string()),
  rows: z.array(z.object({ key: z.string(), cells: z.array(z.string()) })),
})

const Section = z.object({
  id: z.enum(sectionIds),
  title: z.string(),
  paragraphs: z.array(Paragraph),
  tables: z.array(Table),
})

/** A business's notice as data, for a page, a mail or a file to set. */
export const Notice = z.object({
  pack: PackId,
  business: z.object({
    name: z.string(),
    country: Country,
    /** Where the settings name none. */
    contact: z.string().optional(),
  }),
  /** null in a preview. */
  revisedAt: Time.nullable(),
  effectiveAt: Time.nullable(),
  settings: Policy,
  sections: z.array(Section),
})

/** A setting that two versions have otherwise; null where the one has it not at all. */
export const SettingChange = z.object({
  /** Entries of lists stand under their id or name: `recipients.hosting.country`. */
  path: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** Whether it takes something from the people whose data it is, so that they have to be told. */
  significant: z.boolean(),
})

/** A paragraph or a row of a table; null where the one version has it not at all. */
export const TextChange = z.object({
  /** `data.categories.conversation` */
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** A promise that is taken back; whether other words matter is for the settings behind them to say. */
  significant: z.boolean(),
})

export const NoticeChanges = z.object({
  settings: z.array(SettingChange),
  paragraphs: z.array(TextChange),
  /** Whether people have to be told and not only shown. */
  isSignificant: z.boolean(),
})

/** Why a policy cannot be published. */
export const PolicyProblem = z.object({
  /** The setting to change: `categories.conversation.basis`. */
  path: z.string(),
  message: z.string(),
})

export type Notice = z.infer<typeof Notice>
export type Section = z.infer<typeof Section>
export type Paragraph = z.infer<typeof Paragraph>
export type SectionId = Section['id']
export type SettingChange = z.infer<typeof SettingChange>
export type TextChange = z.infer<typeof TextChange>
export type NoticeChanges = z.infer<typeof NoticeChanges>
export type PolicyProblem = z.infer<typeof PolicyProblem>

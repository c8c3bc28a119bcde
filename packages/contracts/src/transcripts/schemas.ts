import { z } from 'zod'
import { Author, Channel, Notice } from '../chat/schemas.ts'
import { Id, Time } from '../fields.ts'

export const TranscriptEntry = z.object({
  seq: z.number().int(),
  author: Author,
  text: z.string(),
  notice: Notice.nullable(),
  createdAt: Time,
})
export type TranscriptEntry = z.infer<typeof TranscriptEntry>

export const Transcript = z.object({
  conversationId: Id,
  channel: Channel,
  contact: z.object({ name: z.string().nullable(), email: z.string().nullable() }),
  startedAt: Time,
  closedAt: Time,
  archivedAt: Time,
  /** When the copy left for the visitor's address; null where there was none or it is still queued. */
  mailedAt: Time.nullable(),
  entries: z.array(TranscriptEntry),
})
export type Transcript = z.infer<typeof Transcript>

export const SearchHit = z.object({
  conversationId: Id,
  channel: Channel,
  contactName: z.string().nullable(),
  closedAt: Time,
  /** Text around the match; matches stand between U+0002 and U+0003. */
  snippet: z.string(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const Download = z.object({
  filename: z.string(),
  mediaType: z.string(),
  /** How `content` stands for the bytes of the file. */
  encoding: z.enum(['utf8', 'base64']),
  content: z.string(),
})
export type Download = z.infer<typeof Download>

import { z } from 'zod'
import { staff, visitorOrStaff } from '../callers.ts'
import { Channel } from '../chat/schemas.ts'
import { contract, mutation, query } from '../contract.ts'
import type { RouterOf } from '../contract.ts'
import { dataHolder } from '../data-holder.ts'
import { Cursor, Id, Limit, printable, Time } from '../fields.ts'
import { operations } from '../operations.ts'
import { portability } from './portability.ts'
import { statistics } from './statistics.ts'
import { Download, SearchHit, Transcript } from './schemas.ts'

/** The record of conversations that have ended. */
export const transcripts = contract('transcripts', {
  getTranscript: query({
    summary: 'The archived transcript of a closed conversation.',
    access: staff,
    purpose: 'keep-record',
    input: z.object({ conversationId: Id }),
    output: Transcript,
    errors: ['not-found'],
  }),
  searchTranscripts: query({
    summary:
      'Full-text search over archived transcripts, best match first. A blank query lists the latest. Where nothing has the words as they were typed, those that look alike are looked for.',
    access: staff,
    purpose: 'keep-record',
    input: z.object({
      query: printable(0, 200).default(''),
      channel: Channel.optional(),
      closedFrom: Time.optional(),
      closedBefore: Time.optional(),
      /** One of those who answered. */
      staffId: Id.optional(),
      hasAddress: z.boolean().optional(),
      isAnswered: z.boolean().optional(),
      cursor: Cursor.optional(),
      limit: Limit.default(20),
    }),
    output: z.object({
      hits: z.array(SearchHit),
      /** Words of the archive that were looked for beside those typed; empty where these were found. */
      similar: z.array(z.string()),
      nextCursor: Cursor.nullable(),
    }),
  }),
  downloadTranscript: query({
    summary: 'A transcript as a file. Visitors get their own, also while the conversation is open.',
    access: visitorOrStaff,
    purpose: 'keep-record',
    input: z.object({ conversationId: Id, format: z.enum(['html', 'text', 'json', 'pdf']).default('html') }),
    output: Download,
    errors: ['not-found'],
  }),
  mailTranscript: mutation({
    summary: "Mails the transcript to the contact's address again.",
    access: staff,
    purpose: 'keep-record',
    input: z.object({ conversationId: Id }),
    output: z.object({ queued: z.literal(true) }),
    errors: ['not-found', 'no-address', 'too-many'],
  }),
  ...statistics,
  ...portability,
  ...dataHolder,
  ...operations,
})

export type TranscriptsRouter = RouterOf<typeof transcripts>

import { z } from 'zod'
import { mutation, query } from '../contract.ts'
import { SubjectRef } from '../data-holder.ts'
import { Id } from '../fields.ts'
import { HeldTranscript } from '../portable.ts'

/** How transcripts leave for another business and arrive from one. */
export const portability = {
  exportTranscripts: query({
    summary: 'A person’s transcripts, whole.',
    access: ['privacy'],
    purpose: 'serve-rights',
    input: z.object({ subject: SubjectRef }),
    output: z.array(HeldTranscript),
  }),
  importTranscript: mutation({
    summary:
      'Stores a transcript that was held elsewhere, or a part of one. No letter is sent. Repeating it changes nothing.',
    access: ['privacy'],
    purpose: 'serve-rights',
    input: z.object({ tenantId: Id, transcript: HeldTranscript }),
    output: z.object({ entries: z.number().int() }),
  }),
} as const

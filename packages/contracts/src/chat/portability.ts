import { z } from 'zod'
import { mutation, query } from '../contract.ts'
import { SubjectRef } from '../data-holder.ts'
import { Id } from '../fields.ts'
import { HeldContact, HeldConversation } from '../portable.ts'

/** How conversations leave for another business and arrive from one. */
export const portability = {
  exportConversations: query({
    summary: 'A person’s contacts and conversations, whole.',
    access: ['privacy'],
    purpose: 'serve-rights',
    input: z.object({ subject: SubjectRef }),
    output: z.object({ contacts: z.array(HeldContact), conversations: z.array(HeldConversation) }),
  }),
  importConversation: mutation({
    summary:
      'Stores a conversation that was held elsewhere, or a part of one, with its contact. Nobody is notified. Repeating it changes nothing.',
    access: ['privacy'],
    purpose: 'serve-rights',
    input: z.object({ tenantId: Id, contact: HeldContact, conversation: HeldConversation.nullable() }),
    output: z.object({ messages: z.number().int() }),
  }),
} as const

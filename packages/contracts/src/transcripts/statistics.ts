import { z } from 'zod'
import { staff, visitor } from '../callers.ts'
import { Day } from '../chat/visits.ts'
import { mutation, query } from '../contract.ts'
import { Id } from '../fields.ts'

export const Rating = z.enum(['good', 'fair', 'poor'])
export type Rating = z.infer<typeof Rating>

/** What is counted of a chat, and into which parts. Hours and days are those of UTC in which it began. */
export const measures = {
  hour: Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0')),
  weekday: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  /** From its first to its last message. */
  length: ['under-1m', '1m-5m', '5m-15m', '15m-1h', 'over-1h'],
  /** From its start to the first answer of staff. */
  answer: ['under-1m', '1m-5m', '5m-15m', '15m-1h', 'over-1h', 'never'],
  rating: Rating.options,
} as const satisfies Record<string, readonly string[]>
export type Measure = keyof typeof measures

/** No figure about how chats went comes from fewer than this many chats. */
export const groupOf = 5

/** How often each part was counted, in the order of `measures`. */
const Counts = z.array(z.object({ part: z.string(), chats: z.number().int() }))

export const ChatStatistics = z.object({
  days: z.array(z.object({ day: Day, chats: z.number().int() })),
  hour: Counts,
  weekday: Counts,
  length: Counts,
  answer: Counts,
  rating: Counts,
})
export type ChatStatistics = z.infer<typeof ChatStatistics>

/** Numbers about chats that outlive them and lead to nobody. */
export const statistics = {
  getStatistics: query({
    summary: `How many chats began on each day, and, always for ${groupOf} chats or more together, when, how long, how soon answered and how well they went. The figures stay when conversations are deleted, and lead back to none.`,
    access: staff,
    purpose: 'none',
    input: z.object({ from: Day, to: Day }),
    output: ChatStatistics,
  }),
  rateConversation: mutation({
    summary:
      'How well a closed conversation went, once. It is counted and not kept with the conversation; who objected to statistics is not counted.',
    access: visitor,
    purpose: 'measure-use',
    input: z.object({ conversationId: Id, rating: Rating }),
    output: z.object({ counted: z.boolean() }),
    errors: ['not-found', 'conflict'],
  }),
} as const

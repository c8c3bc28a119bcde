import { z } from 'zod'
import { mutation, query } from './contract.ts'
import { Id, Limit, Time } from './fields.ts'

const operatorOnly = ['operator'] as const

export const ParkedEvent = z.object({
  eventId: Id,
  type: z.string(),
  error: z.string(),
  attempts: z.number().int(),
  parkedAt: Time,
})

/** What the person on call can ask of every service. */
export const operations = {
  listParkedEvents: query({
    summary: 'Events that kept failing and were set aside.',
    access: operatorOnly,
    purpose: 'none',
    input: z.object({ limit: Limit.default(50) }),
    output: z.array(ParkedEvent),
  }),
  redriveParkedEvents: mutation({
    summary: 'Handles parked events again, one or all; those that fail stay parked.',
    access: operatorOnly,
    purpose: 'none',
    input: z.object({ eventId: Id.optional() }),
    output: z.object({ redriven: z.number().int(), stillParked: z.number().int() }),
  }),
} as const

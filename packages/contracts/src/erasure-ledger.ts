import { z } from 'zod'
import { Id, Time } from './fields.ts'

const Hash = z.string().regex(/^[\w-]{43}$/)

/**
 * One finished erasure, as it is told to databases that may have been restored from before it. It holds hashes alone:
 * of random ids, and of addresses under a key of their business that stands nowhere.
 */
export const LedgerEntry = z.strictObject({
  /** Of the request, or of the account's closing. */
  id: Id,
  tenantId: Id,
  erasedAt: Time,
  /** A person, or all of a business. */
  what: z.enum(['person', 'business']),
  visitors: z.array(Hash),
  users: z.array(Hash),
  addresses: z.array(Hash),
  /** Whether the person's account as staff went with it. */
  endsAccount: z.boolean(),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>

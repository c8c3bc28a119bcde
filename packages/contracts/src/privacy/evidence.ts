import { z } from 'zod'
import { owner } from '../callers.ts'
import { query } from '../contract.ts'
import { Email, Time } from '../fields.ts'

/** For what evidence may be read; the audit log keeps the word. */
export const EvidenceReason = z.enum(['dispute', 'misuse', 'legal-claim', 'authority'])

export const Evidence = z.object({
  name: z.string().nullable(),
  email: z.string(),
  usedAt: Time,
  expiresAt: Time,
})
export type Evidence = z.infer<typeof Evidence>

export const evidence = {
  readEvidence: query({
    summary:
      'When somebody used the chat under an address, within the period of the notice; also after an erasure. The reason is recorded.',
    access: owner,
    purpose: 'keep-evidence',
    input: z.object({ email: Email, reason: EvidenceReason }),
    output: z.array(Evidence),
  }),
} as const

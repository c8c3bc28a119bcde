import { z } from 'zod'
import type { ServiceName } from './callers.ts'
import type { ErrorReason } from './errors.ts'
import { errorReasons } from './errors.ts'
import { event } from './event.ts'
import { Time } from './fields.ts'
import { purposes } from './purposes.ts'
import type { Purpose } from './purposes.ts'

const purposeIds = Object.keys(purposes) as [Purpose, ...Purpose[]]
const reasonIds = Object.keys(errorReasons) as [ErrorReason, ...ErrorReason[]]

/** One thing that somebody did or was refused. No name, no address, no text: ids, pseudonyms and fixed words. */
export const AuditFact = z.strictObject({
  at: Time,
  /** `read` and `change` are calls of staff, `refusal` a call of anybody with an account here, `act` a decision. */
  kind: z.enum(['read', 'change', 'refusal', 'act']),
  /** As what the caller came: a role of staff, `visitor`, `subject`, or a service. */
  role: z.string().max(20),
  /** Whom: always the same word for the same person of this business, and none of their ids. */
  who: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  /** The procedure, or the decision. */
  what: z.string().max(80),
  purpose: z.enum(purposeIds).nullable(),
  reason: z.enum(reasonIds).nullable(),
  /** What it was done to. */
  object: z.string().max(80).nullable(),
  /** A word from a fixed list, or the digest of a document. */
  detail: z
    .string()
    .regex(/^[a-z0-9:-]{1,80}$/)
    .nullable(),
  /** The same within moments is one entry. */
  times: z.number().int().min(1),
})
export type AuditFact = z.infer<typeof AuditFact>

/** Refusals of access; what was malformed, came too early or met a conflict was let in. */
export const denials: readonly ErrorReason[] = [
  'not-signed-in',
  'bad-credentials',
  'forbidden',
  'other-purpose',
  'briefing-overdue',
  'not-found',
  'expired',
  'too-many',
]

/** By which a service hands privacy what its callers did. */
export function auditedEvent<const Source extends ServiceName>(source: Source) {
  return event(source, `${source}-audited`, {
    summary: 'Calls that read personal data or were refused, for the audit log.',
    listeners: ['privacy'],
    payload: z.object({ facts: z.array(AuditFact) }),
  })
}

import { denials } from '@candor/contracts/audit'
import type { AuditFact } from '@candor/contracts/audit'
import { callerKind } from '@candor/contracts/callers'
import type { Caller } from '@candor/contracts/callers'
import type { ErrorReason } from '@candor/contracts/errors'
import type { WatchedCall } from '@candor/rpc/watch'
import { pseudonymOf } from './pseudonym.ts'

/**
 * What a call leaves in its business's audit log, by its contract row alone: refusals of anybody who is known to the
 * business, and what staff read or changed that is about people. Calls of nobody in particular belong to no business.
 */
export function auditFactOf(
  call: WatchedCall,
  outcome: 'ok' | ErrorReason,
  now: Date,
): { tenantId: string; fact: AuditFact } | undefined {
  const { row, caller } = call
  if (!('tenantId' in caller)) return undefined
  const isRefused = outcome !== 'ok' && denials.includes(outcome)
  if (!isRefused && (outcome !== 'ok' || caller.kind !== 'staff' || row.purpose === 'none')) return undefined
  return {
    tenantId: caller.tenantId,
    fact: {
      at: now.toISOString(),
      kind: isRefused ? 'refusal' : row.kind === 'mutation' ? 'change' : 'read',
      role: callerKind(caller),
      who: pseudonymOf(personOf(caller)),
      what: `${call.service}.${call.procedure}`,
      purpose: row.purpose,
      reason: isRefused ? outcome : null,
      object: objectOf(call.input),
      detail: null,
      times: 1,
    },
  }
}

function personOf(caller: Extract<Caller, { tenantId: string }>): string {
  if (caller.kind === 'staff') return caller.userId
  return caller.kind === 'visitor' ? caller.visitorId : caller.requestId
}

/** The first id that the input names. People are named by their pseudonym here too. */
function objectOf(input: unknown): string | null {
  if (typeof input !== 'object' || input === null) return null
  for (const [name, value] of Object.entries(input)) {
    if (!name.endsWith('Id') || typeof value !== 'string' || !uuid.test(value)) continue
    return people.has(name) ? pseudonymOf(value) : value.toLowerCase()
  }
  return null
}

const people = new Set(['userId', 'staffId', 'visitorId'])
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

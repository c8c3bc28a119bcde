import { callerKind } from '@candor/contracts/callers'
import type { Caller } from '@candor/contracts/callers'
import type { AnyProcedure } from '@candor/contracts/contract'
import type { Purpose } from '@candor/contracts/purposes'
import type { EndedSessions } from './ended-sessions.ts'
import type { DoorContext } from './call.ts'
import { ServiceError } from './service-error.ts'

/** The caller, if the row lets its kind in. Whoever is let in as nobody in particular needs no valid token. */
export function admit(row: AnyProcedure, authentication: DoorContext['authentication']): Caller {
  const open = row.access.includes('anyone')
  if ('refused' in authentication) {
    if (open) return { kind: 'anyone' }
    throw authentication.refused
  }
  if (row.access.includes(callerKind(authentication.caller))) return authentication.caller
  if (open) return { kind: 'anyone' }
  if (authentication.caller.kind === 'anyone') throw new ServiceError('not-signed-in', 'sign in first')
  throw new ServiceError('forbidden', `this is open to ${row.access.join(', ')} only`)
}

/** A token that has not expired counts no more once its session has ended. */
export function stillValid(
  authentication: DoorContext['authentication'],
  sessions: EndedSessions | undefined,
): DoorContext['authentication'] {
  if ('refused' in authentication || !sessions?.refuses(authentication.caller)) return authentication
  return { refused: new ServiceError('not-signed-in', 'this session has ended, or its role has changed') }
}

/** Tokens may outlive the account they were issued for by minutes. Who proved an address keeps their receipt. */
export async function checkOpen(
  caller: Caller,
  isClosed: ((tenantId: string) => Promise<boolean>) | undefined,
): Promise<void> {
  if (caller.kind !== 'staff' && caller.kind !== 'visitor') return
  if (await isClosed?.(caller.tenantId))
    throw new ServiceError('closed', 'this business has closed its account')
}

/** Personal data is touched for the purpose the row declares, and only while the notice names that purpose. */
export async function checkPurpose(
  row: AnyProcedure,
  caller: Caller,
  stated: string | null,
  allows: AllowsPurpose | undefined,
): Promise<void> {
  const { purpose } = row
  if (purpose === 'none') return
  if (caller.kind === 'staff' && caller.isUnbriefed && purpose !== 'run-account')
    throw new ServiceError('briefing-overdue', 'acknowledge the privacy briefing first')
  if (stated !== null && stated !== purpose)
    throw new ServiceError('other-purpose', `this touches personal data for ${purpose} and nothing else`)
  if (!allows || !('tenantId' in caller) || (await allows(caller.tenantId, purpose))) return
  throw new ServiceError('other-purpose', `the notice in force names no ${purpose}`)
}

export type AllowsPurpose = (tenantId: string, purpose: Purpose) => Promise<boolean>

import type { Caller } from '@candor/contracts/callers'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { listPartsOfPerson } from '../../store/request-parts.ts'
import { findRequest } from '../../store/requests.ts'
import type { RequestRecord } from '../../store/requests.ts'
import type { Deps } from '../deps.ts'
import { isPlatform } from './platform.ts'

/** Who may look at requests: their person, and owners and admins of the business. */
export type Reader = Extract<Caller, { kind: 'subject' | 'staff' }>

/** A tenant in which the reader may look, and as whom; without a person, at everything there. */
export interface Scope {
  tenantId: string
  personId: string | undefined
}

/**
 * Where the reader may look. Staff see all of the business, a person what was proven for the same address: at the
 * business it was proven to, or, proven to all of them, at each. Requests share the person's id, which stays when an
 * erasure has deleted the address.
 */
export async function findScopes(deps: Deps, reader: Reader): Promise<Scope[]> {
  const { tenantId } = reader
  if (reader.kind === 'staff') return [{ tenantId, personId: undefined }]
  const [personId, parts] = await asTenant(deps.db, tenantId, async (trx) => {
    const person = (await findRequest(trx, reader.requestId))?.personId ?? undefined
    return [person, person && isPlatform(reader) ? await listPartsOfPerson(trx, person) : []] as const
  })
  if (personId === undefined) return []
  const scopes: Scope[] = [{ tenantId, personId }]
  for (const part of parts) {
    const found = await asTenant(deps.db, part.tenantId, (trx) => findRequest(trx, part.requestId))
    const scope = found?.personId ? { tenantId: part.tenantId, personId: found.personId } : undefined
    if (scope && !scopes.some((one) => one.tenantId === scope.tenantId && one.personId === scope.personId))
      scopes.push(scope)
  }
  return scopes
}

/** The request, if the reader may see it. */
export async function getOwnRequest(deps: Deps, reader: Reader, requestId: string): Promise<RequestRecord> {
  for (const { tenantId, personId } of await findScopes(deps, reader)) {
    const request = await asTenant(deps.db, tenantId, (trx) => findRequest(trx, requestId))
    if (request && (personId === undefined || request.personId === personId)) return request
  }
  throw notFound('request')
}

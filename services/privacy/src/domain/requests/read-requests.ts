import type { privacy } from '@candor/contracts/privacy'
import type { InputOf } from '@candor/contracts/contract'
import type { PrivacyRequest } from '@candor/contracts/privacy/request-shapes'
import { asTenant } from '@candor/runtime/tenancy'
import { listRequests as listRecords } from '../../store/requests.ts'
import type { Deps } from '../deps.ts'
import { describeAll, describeStored } from './describe-stored.ts'
import { findScopes, getOwnRequest } from './find-own-request.ts'
import type { Reader } from './find-own-request.ts'

export async function getRequest(deps: Deps, reader: Reader, requestId: string): Promise<PrivacyRequest> {
  const request = await getOwnRequest(deps, reader, requestId)
  return asTenant(deps.db, request.tenantId, (trx) =>
    describeStored(trx, deps, request, reader.kind === 'staff'),
  )
}

/** Newest first. */
export async function listRequests(
  deps: Deps,
  reader: Reader,
  { overdue, ...filter }: InputOf<Row>,
): Promise<PrivacyRequest[]> {
  const overdueAt = overdue ? deps.clock.now() : undefined
  const found: PrivacyRequest[] = []
  for (const { tenantId, personId } of await findScopes(deps, reader)) {
    const own = await asTenant(deps.db, tenantId, async (trx) => {
      const records = await listRecords(trx, { ...filter, overdueAt, personId })
      return describeAll(trx, deps, records, reader.kind === 'staff')
    })
    found.push(...own)
  }
  const newestFirst = (one: PrivacyRequest, other: PrivacyRequest) =>
    other.openedAt.localeCompare(one.openedAt) || other.id.localeCompare(one.id)
  return found.toSorted(newestFirst).slice(0, filter.limit)
}

type Row = (typeof privacy)['procedures']['listRequests']

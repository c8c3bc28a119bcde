import type { Transaction } from 'kysely'
import type { Caller } from '@candor/contracts/callers'
import { findRequest } from '../store/requests.ts'
import type { RequestRecord } from '../store/requests.ts'
import type { Database } from '../store/tables.ts'

/** Who may look at requests: their person, and owners and admins of the business. */
export type Reader = Extract<Caller, { kind: 'subject' | 'staff' }>

/**
 * The request, if the reader may see it: staff see all of the business, a person those proven for the same address.
 * These share the person's id, which stays when an erasure has deleted the address.
 */
export async function findOwnRequest(
  trx: Transaction<Database>,
  reader: Reader,
  requestId: string,
): Promise<RequestRecord | undefined> {
  const request = await findRequest(trx, requestId)
  if (!request || reader.kind === 'staff') return request
  const personId = await findPersonId(trx, reader)
  return personId !== undefined && request.personId === personId ? request : undefined
}

/** The person a data subject's token speaks for. */
export async function findPersonId(
  trx: Transaction<Database>,
  reader: Extract<Reader, { kind: 'subject' }>,
): Promise<string | undefined> {
  const request = await findRequest(trx, reader.requestId)
  return request?.personId ?? undefined
}

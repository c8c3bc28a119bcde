import { RequestDetails } from '@candor/contracts/privacy/request-shapes'
import type { Sealer } from './sealer.ts'

/** Seals what a request needs beside its kind: the wrong value and the right one, a child's address. */
export function sealDetails(sealer: Sealer, details: RequestDetails, of: OfRequest): Buffer {
  return sealer.seal(JSON.stringify(details), contextOf(of))
}

export function openDetails(sealer: Sealer, sealed: Buffer, of: OfRequest): RequestDetails {
  return RequestDetails.parse(JSON.parse(sealer.open(sealed, contextOf(of))))
}

function contextOf({ tenantId, requestId }: OfRequest): string[] {
  return [tenantId, requestId, 'details']
}

interface OfRequest {
  tenantId: string
  requestId: string
}

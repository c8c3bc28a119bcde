import { SubjectRef } from '@candor/contracts/data-holder'
import type { Sealer } from './sealer.ts'

/** Seals what an erasure must know of its person between two steps. */
export function sealSubject(sealer: Sealer, subject: SubjectRef, requestId: string): Buffer {
  return sealer.seal(JSON.stringify(subject), contextOf(subject.tenantId, requestId))
}

export function openSubject(sealer: Sealer, sealed: Buffer, tenantId: string, requestId: string): SubjectRef {
  return SubjectRef.parse(JSON.parse(sealer.open(sealed, contextOf(tenantId, requestId))))
}

function contextOf(tenantId: string, requestId: string): string[] {
  return [tenantId, requestId, 'subject']
}

import type { Transcript } from '@candor/contracts/transcripts/schemas'
import { notFound } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { findMailedAt } from '../store/letters.ts'
import { findTranscript } from '../store/transcripts.ts'
import { readAccount } from './account.ts'
import type { Deps } from './deps.ts'

export async function getTranscript(
  deps: Deps,
  { tenantId }: { tenantId: string },
  { conversationId }: { conversationId: string },
): Promise<Transcript> {
  return asTenant(deps.db, tenantId, async (trx) => {
    const transcript = await findTranscript(trx, tenantId, conversationId)
    if (!transcript) throw notFound('transcript')
    const mailedAt = await findMailedAt(trx, tenantId, transcript)
    return {
      ...(await readAccount(trx, tenantId, transcript)),
      closedAt: transcript.closedAt.toISOString(),
      archivedAt: transcript.archivedAt.toISOString(),
      mailedAt: mailedAt?.toISOString() ?? null,
    }
  })
}

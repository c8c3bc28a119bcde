import type { HeldTranscript } from '@candor/contracts/portable'
import type { SubjectRef } from '@candor/contracts/data-holder'
import { asTenant, seeHidden } from '@candor/runtime/tenancy'
import { insertEntries, listEntries } from '../store/entries.ts'
import { insertTranscript, listTranscriptsOf } from '../store/transcripts.ts'
import type { Deps } from './deps.ts'

/** What the person takes along. A restriction hides it from staff, not from them. */
export async function exportTranscripts(
  deps: Deps,
  { subject }: { subject: SubjectRef },
): Promise<HeldTranscript[]> {
  const { tenantId } = subject
  return asTenant(deps.db, tenantId, async (trx) => {
    await seeHidden(trx)
    const held: HeldTranscript[] = []
    for (const transcript of await listTranscriptsOf(trx, subject)) {
      const entries = await listEntries(trx, tenantId, transcript.conversationId)
      held.push({
        conversationId: transcript.conversationId,
        contactId: transcript.contact.id,
        visitorId: transcript.visitorId,
        channel: transcript.channel,
        contactName: transcript.contact.name,
        contactEmail: transcript.contact.email,
        startedAt: transcript.startedAt.toISOString(),
        closedAt: transcript.closedAt.toISOString(),
        archivedAt: transcript.archivedAt.toISOString(),
        entries: entries.map(({ author, ...entry }) => ({
          ...entry,
          author: author.kind === 'staff' ? { kind: 'staff', name: author.name } : { kind: author.kind },
        })),
      })
    }
    return held
  })
}

/** Stores what was held elsewhere; its letter, if there was one, went out there. */
export async function importTranscript(
  deps: Deps,
  { tenantId, transcript }: { tenantId: string; transcript: HeldTranscript },
): Promise<{ entries: number }> {
  const { conversationId, visitorId, channel, contactId, contactName, contactEmail, entries } = transcript
  await asTenant(deps.db, tenantId, async (trx) => {
    await seeHidden(trx)
    await insertTranscript(trx, tenantId, {
      conversationId,
      visitorId,
      channel,
      contact: { id: contactId, name: contactName, email: contactEmail },
      startedAt: new Date(transcript.startedAt),
      closedAt: new Date(transcript.closedAt),
      archivedAt: new Date(transcript.archivedAt),
    })
    await insertEntries(trx, tenantId, conversationId, entries)
  })
  return { entries: entries.length }
}

import { isRestricted } from '@candor/events/restrictions'
import { queueMail } from '@candor/mail/queue-mail'
import { notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import { transcriptLetter } from '../documents/transcript-letter.ts'
import { letterKey, listCopyTimes } from '../store/letters.ts'
import { lockTranscript, setCopies } from '../store/transcripts.ts'
import { readAccount } from './account.ts'
import { getBusiness } from './business.ts'
import type { Deps } from './deps.ts'

/** Queues one more copy to the contact's present address. The limit keeps a mailbox from being flooded through us. */
export async function mailTranscript(
  deps: Deps,
  { tenantId }: { tenantId: string },
  { conversationId }: { conversationId: string },
): Promise<{ queued: true }> {
  const business = await getBusiness(deps, tenantId)
  const now = deps.clock.now()
  await asTenant(deps.db, tenantId, async (trx) => {
    const transcript = await lockTranscript(trx, tenantId, conversationId)
    if (!transcript) throw notFound('transcript')
    const to = transcript.contact.email
    if (!to) throw new ServiceError('no-address', 'the contact of this conversation left no address')
    if (await isRestricted(trx, transcript.visitorId, 'mail-copies'))
      throw new ServiceError('no-address', 'the contact objected to copies by mail')
    const recent = await listCopyTimes(trx, tenantId, transcript, new Date(now.getTime() - hourMs))
    if (recent.length >= copiesPerHour) throw tooMany(recent[0]!, now)
    const copy = transcript.copies + 1
    const account = await readAccount(trx, tenantId, transcript)
    const letter = transcriptLetter(account, business, deps.publicUrl)
    await queueMail(trx, {
      ...letter,
      tenantId,
      to,
      subjectId: transcript.visitorId,
      recordId: conversationId,
      now,
      newId: deps.newId,
      onceKey: letterKey(conversationId, copy),
    })
    await setCopies(trx, tenantId, conversationId, copy)
  })
  return { queued: true }
}

const copiesPerHour = 3
const hourMs = 3_600_000

function tooMany(oldest: Date, now: Date): ServiceError {
  const retryAfterSeconds = Math.ceil((oldest.getTime() + hourMs - now.getTime()) / 1000)
  return new ServiceError('too-many', `a transcript is mailed again at most ${copiesPerHour} times an hour`, {
    retryAfterSeconds,
  })
}

import { subjectHash } from '@candor/events/tombstones'
import { queueMail } from '@candor/mail/queue-mail'
import { asTenant } from '@candor/runtime/tenancy'
import type { Deps } from '../domain/deps.ts'
import { noticeLetter } from '../domain/notices/notice-letter.ts'
import { claimAnnouncements, deleteAnnouncementDue } from '../store/announcements-due.ts'
import { listVersions } from '../store/notices.ts'

/**
 * Mails changed notices to every account of the business. The letters are queued in the transaction that forgets the
 * task, and each has a key of its own, so an account gets one whatever is restarted in between.
 */
export async function announceDue(deps: Deps): Promise<void> {
  const now = deps.clock.now()
  for (const { tenantId, version } of await claimAnnouncements(deps.db, now, later(now))) {
    const accounts = await deps.identity.listStaffAddresses.query({ tenantId })
    await asTenant(deps.db, tenantId, async (trx) => {
      if (!(await deleteAnnouncementDue(trx, tenantId, version))) return
      const published = (await listVersions(trx, tenantId)).find((one) => one.version === version)!
      const letter = noticeLetter(published, deps.publicUrl)
      for (const { userId, email } of accounts) {
        // The key outlives the letter, and an erased account must not be found by it.
        const onceKey = `notice:${version}:${subjectHash(userId).toString('hex')}`
        await queueMail(trx, { ...letter, tenantId, onceKey, to: email, newId: deps.newId, now })
      }
    })
  }
}

const retryMs = 10_000

function later(now: Date): Date {
  return new Date(now.getTime() + retryMs)
}

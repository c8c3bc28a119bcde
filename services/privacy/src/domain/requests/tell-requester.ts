import { letter } from '@candor/mail/letter'
import { queueMail } from '@candor/mail/queue-mail'
import type { Transaction } from 'kysely'
import { addressOf } from '../../sealing/identifier.ts'
import type { RequestRecord } from '../../store/requests.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { findIdentifier } from './find-details.ts'

/**
 * Queues a letter to whoever made the request. One who was proven by a session left no address that a letter could go
 * to: they find the same in the history of the request.
 */
export async function tellRequester(
  trx: Transaction<Database>,
  deps: Deps,
  request: RequestRecord,
  news: { key: string; subject: string; paragraphs: string[] },
): Promise<void> {
  const identifier = await findIdentifier(trx, deps, request)
  const to = identifier && addressOf(identifier)
  if (to) await tell(trx, deps, request, { ...news, to })
}

/** The same to anybody else whom it concerns. */
export async function tell(
  trx: Transaction<Database>,
  deps: Deps,
  { id, tenantId, business }: Pick<RequestRecord, 'id' | 'tenantId' | 'business'>,
  { key, subject, paragraphs, to }: { key: string; subject: string; paragraphs: string[]; to: string },
): Promise<void> {
  const url = `${deps.publicUrl}/privacy/${business.slug}`
  await queueMail(trx, {
    subject,
    ...letter({ heading: subject, paragraphs, action: { label: 'Privacy centre', url } }),
    tenantId,
    onceKey: `${key}:${id}`,
    to,
    newId: deps.newId,
    now: deps.clock.now(),
  })
}

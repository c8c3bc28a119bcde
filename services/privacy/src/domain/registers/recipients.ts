import { isDeepStrictEqual } from 'node:util'
import type { Recipient } from '@candor/contracts/policy/policy'
import type { PolicyVersion } from '@candor/contracts/policy/tenant-rules'
import type { RecipientChange } from '@candor/contracts/privacy/registers'
import { letter } from '@candor/mail/letter'
import { queueMail } from '@candor/mail/queue-mail'
import { notFound } from '@candor/rpc/service-error'
import type { Lifecycle } from '@candor/runtime/lifecycle'
import { asTenant } from '@candor/runtime/tenancy'
import type { Deps } from '../deps.ts'

/** To whom data goes now, and what was announced of changes to come. */
export async function getRecipients(
  deps: Deps,
  slug: string,
): Promise<{ recipients: Recipient[]; changes: RecipientChange[] }> {
  const business = await deps.identity.findBusiness.query({ slug })
  if (!business) throw notFound('business')
  const { version, versions } = await deps.policies.of(business.id)
  return { recipients: version.policy.recipients, changes: changesAfter(version, versions) }
}

/**
 * Mails the owner what will change about recipients, once for each version, before it takes effect. Call it after a
 * publication; it runs by itself whenever the rules change.
 */
export async function announceRecipients(deps: Deps, tenantId: string): Promise<void> {
  const { version, versions } = await deps.policies.of(tenantId)
  const changes = changesAfter(version, versions)
  if (changes.length === 0) return
  const owner = await deps.identity.getOwnerAddress.query({ tenantId })
  await asTenant(deps.db, tenantId, async (trx) => {
    for (const change of changes)
      await queueMail(trx, {
        ...changeLetter(change),
        tenantId,
        to: owner.email,
        onceKey: `recipients:${change.effectiveAt}:${change.announcedAt}`,
        newId: deps.newId,
        now: deps.clock.now(),
      })
  })
}

export function startAnnouncingRecipients(lifecycle: Lifecycle, deps: Deps): void {
  const stop = deps.policies.onChange((tenantId) => {
    announceRecipients(deps, tenantId).catch((err: unknown) =>
      deps.log.error({ err, tenantId }, 'a change of recipients could not be announced'),
    )
  })
  lifecycle.onStop('announcing recipients', stop)
}

/** What each version to come changes against the one before it. */
export function changesAfter(inForce: PolicyVersion, versions: readonly PolicyVersion[]): RecipientChange[] {
  let before = inForce.policy.recipients
  return versions
    .filter(({ effectiveAt }) => effectiveAt > inForce.effectiveAt)
    .flatMap(({ effectiveAt, revisedAt, policy }) => {
      const after = policy.recipients
      const was = new Map(before.map((one) => [one.id, one]))
      const is = new Set(after.map(({ id }) => id))
      const change = {
        effectiveAt,
        announcedAt: revisedAt,
        added: after.filter(({ id }) => !was.has(id)),
        changed: after.filter((one) => was.has(one.id) && !isDeepStrictEqual(one, was.get(one.id))),
        removed: before.filter(({ id }) => !is.has(id)),
      }
      before = after
      return change.added.length + change.changed.length + change.removed.length > 0 ? [change] : []
    })
}

function changeLetter({ effectiveAt, added, changed, removed }: RecipientChange) {
  const subject = `Recipients of personal data change on ${effectiveAt.slice(0, 10)}`
  const tell = (word: string, some: Recipient[]) =>
    some.map(({ name, country, purpose }) => `${word}: ${name} (${country}): ${purpose}.`)
  const parts = {
    heading: subject,
    paragraphs: [
      'The list of those who receive personal data on your behalf will change:',
      ...tell('New', added),
      ...tell('Changed', changed),
      ...tell('No longer', removed),
    ],
    footer: 'Until then you can object in the console. The list is public on your privacy page.',
  }
  return { subject, ...letter(parts) }
}

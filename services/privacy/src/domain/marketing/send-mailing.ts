import type { CallerOf } from '@candor/contracts/contract'
import type { Policy } from '@candor/contracts/policy/policy'
import type { privacy } from '@candor/contracts/privacy'
import { isRestricted } from '@candor/events/restrictions'
import { letter } from '@candor/mail/letter'
import { queueMail } from '@candor/mail/queue-mail'
import { endOf } from '@candor/policy/period'
import { notFound, ServiceError } from '@candor/rpc/service-error'
import { asTenant } from '@candor/runtime/tenancy'
import type { Transaction } from 'kysely'
import { insertMailing, listPreferences } from '../../store/marketing.ts'
import type { Preference } from '../../store/marketing.ts'
import type { Database } from '../../store/tables.ts'
import type { Deps } from '../deps.ts'
import { sealNewsToken } from './news-token.ts'
import { newsPage } from './offers.ts'

/** News about the service, to the accounts that may get it. */
export async function sendNews(deps: Deps, caller: Owner, input: Text): Promise<Sent> {
  const { policy } = await deps.policies.of(caller.tenantId)
  if (policy.marketing.serviceNews === 'never')
    throw new ServiceError('forbidden', 'the notice in force promises that no news is sent')
  const accounts = await deps.identity.listStaffAddresses.query({ tenantId: caller.tenantId })
  const mayGet = (preferences: readonly Preference[]) =>
    accounts
      .filter((account) => {
        const own = preferences.find(({ email }) => email === account.email.toLowerCase())
        return mayGetNews(policy, own, new Date(account.createdAt), deps.clock.now())
      })
      .map(({ email, userId }) => ({
        email,
        ids: [userId, ...idsOf(preferences.filter((own) => own.email === email.toLowerCase()))],
      }))
  return send(deps, caller, { ...input, kind: 'service-news', instruction: null }, mayGet)
}

/**
 * On legitimate interest news goes to a new account until it opts out. Once its preference is forgotten, long after the
 * last sign of interest, nothing tells that it is still wanted, and nothing is sent.
 */
function mayGetNews(policy: Policy, own: Preference | undefined, since: Date, now: Date): boolean {
  if (own?.serviceNews === false) return false
  if (policy.marketing.serviceNews === 'opt-in') return own?.serviceNews === true
  const { period } = policy.categories['marketing-preference'].retention
  return own !== undefined || period === null || endOf(since, period) > now
}

/** A campaign of the business, which answers for it: on its recorded instruction, to those who agreed. */
export async function sendCampaign(
  deps: Deps,
  caller: Owner,
  input: Text & { instruction: string },
): Promise<Sent> {
  const { policy } = await deps.policies.of(caller.tenantId)
  const { campaigns, other } = policy.marketing
  if (campaigns === 'never' || other === 'never' || !policy.consent.asked.includes('marketing-mail'))
    throw new ServiceError('forbidden', 'the notice in force promises that no campaign is sent')
  return send(deps, caller, { ...input, kind: 'campaign' }, (preferences) =>
    preferences
      .filter(({ offers, confirmedAt }) => offers && confirmedAt)
      .map((own) => ({ email: own.email, ids: idsOf([own]) })),
  )
}

async function send(
  deps: Deps,
  caller: Owner,
  mailing: Text & { kind: 'service-news' | 'campaign'; instruction: string | null },
  choose: (preferences: readonly Preference[]) => Recipient[],
): Promise<Sent> {
  const { tenantId, userId } = caller
  const { kind, subject, text, instruction } = mailing
  const business = await deps.identity.findBusiness.query({ tenantId })
  if (!business) throw notFound('business')
  const id = deps.newId()
  const now = deps.clock.now()
  const queued = await asTenant(deps.db, tenantId, async (trx) => {
    const recipients = await leaveOutObjectors(trx, choose(await listPreferences(trx, tenantId)))
    for (const { email } of recipients) {
      const use = kind === 'service-news' ? 'stop-service-news' : 'stop-offers'
      const token = sealNewsToken(deps.sealer, { tenantId, email, for: use, until: null })
      const stop = newsPage(deps, business.slug, token)
      const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '')
      await queueMail(trx, {
        tenantId,
        onceKey: `${kind}:${id}:${deps.sealer.hashAddress(tenantId, email).toString('hex')}`,
        to: email,
        subject,
        ...letter({ heading: subject, paragraphs, action: { label: 'Stop this mail', url: stop } }),
        unsubscribeUrl: `${deps.publicUrl}/webhooks/privacy/stop-news?token=${token}`,
        newId: deps.newId,
        now,
      })
    }
    const count = recipients.length
    await insertMailing(trx, {
      id,
      tenantId,
      kind,
      subject,
      instruction,
      instructedBy: userId,
      at: now,
      queued: count,
    })
    return count
  })
  return { mailingId: id, queued }
}

/** Whoever objected to marketing gets none, whatever they agreed to before. */
async function leaveOutObjectors(
  trx: Transaction<Database>,
  recipients: readonly Recipient[],
): Promise<Recipient[]> {
  const objectors = new Set<string>()
  // In one order, as objections take their locks: neither waits for the other in a circle.
  for (const id of new Set(recipients.flatMap(({ ids }) => ids).toSorted()))
    if (await isRestricted(trx, id, 'marketing')) objectors.add(id)
  return recipients.filter(({ ids }) => !ids.some((id) => objectors.has(id)))
}

function idsOf(preferences: readonly Preference[]): string[] {
  return preferences.flatMap(({ userId, visitorId }) => [userId, visitorId].filter((id) => id !== null))
}

interface Recipient {
  email: string
  /** By which an objection knows them. */
  ids: string[]
}

interface Text {
  subject: string
  text: string
}

interface Sent {
  mailingId: string
  queued: number
}

type Owner = CallerOf<(typeof privacy)['procedures']['sendNews']>

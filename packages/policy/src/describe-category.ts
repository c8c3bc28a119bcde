import type { Holding } from '@candor/contracts/data-holder'
import type { CategoryId, Channel, LegalBasis } from '@candor/contracts/policy/categories'
import type { Policy, Recipient, Retention } from '@candor/contracts/policy/policy'
import { purposes } from '@candor/contracts/purposes'
import { getCategory } from './categories.ts'
import { countryName } from './country-name.ts'
import { periodText } from './period.ts'

/** A category as the notice, the access answer and the record of processing tell of it. */
export function describeCategory(
  category: CategoryId,
  policy: Policy,
): Omit<Holding, 'table' | 'records' | 'recipients'> & { recipients: string[] } {
  const { title, role, source, seenBy } = getCategory(category)
  const { basis, because, recipients, retention, ...rule } = policy.categories[category]
  const named = policy.recipients.filter(({ id }) => recipients.includes(id))
  return {
    category,
    title,
    purposes: rule.purposes.map((purpose) => purposes[purpose]),
    legalBasis: `${basisText[basis]}: ${because}`,
    role,
    recipients: [...seenBy, ...named.map(recipientText)],
    retention: retentionText(category, retention),
    source,
  }
}

/** As a notice says it: `12 months after the conversation ends; by mail: 2 years`. */
export function retentionText(category: CategoryId, { period, byChannel, yearEnd }: Retention): string {
  const { counts, lasts } = getCategory(category)
  const since = yearEnd ? `after the end of the ${yearText(yearEnd)} in which ${eventOf(counts)}` : counts
  const usual = period ? `${periodText(period)} ${since}` : (lasts ?? 'Until it is erased')
  const others = Object.entries(byChannel).map(
    ([channel, own]) => `${channelText[channel as Channel]}: ${periodText(own)}`,
  )
  return [usual, ...others].join('; ')
}

/** Who it is, where, and what makes the transfer lawful: `Stripe (Ireland), which takes payments`. */
export function recipientText({ name, country, safeguard, purpose }: Recipient): string {
  const place = safeguard ? `${countryName(country)}, ${safeguardText[safeguard]}` : countryName(country)
  return `${name} (${place}), which ${purpose}`
}

export const basisText: Record<LegalBasis, string> = {
  consent: 'Consent (GDPR article 6(1)(a))',
  contract: 'Contract (GDPR article 6(1)(b))',
  'legal-obligation': 'Legal obligation (GDPR article 6(1)(c))',
  'vital-interests': 'Vital interests (GDPR article 6(1)(d))',
  'public-task': 'Public task (GDPR article 6(1)(e))',
  'legitimate-interests': 'Legitimate interests (GDPR article 6(1)(f))',
}

export const safeguardText: Record<NonNullable<Recipient['safeguard']>, string> = {
  'adequacy-decision': 'adequacy decision',
  'standard-clauses': 'standard contractual clauses',
  'binding-rules': 'binding corporate rules',
}

const channelText: Record<Channel, string> = {
  chat: 'by chat',
  mail: 'by mail',
  call: 'by telephone',
  social: 'by social media',
}

function yearText(yearEnd: string): string {
  if (yearEnd === '12-31') return 'calendar year'
  const day = new Date(`2027-${yearEnd}T00:00:00Z`)
  const told = day.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
  return `financial year (to ${told})`
}

const eventOf = (counts: string) => counts.replace(/^after /, '')

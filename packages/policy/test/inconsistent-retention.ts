import type { Policy } from '@candor/contracts/policy/policy'
import type { packs } from '@candor/policy/packs'

export type Inconsistency = [
  rule: string,
  pack: keyof typeof packs,
  change: (policy: Policy) => unknown,
  path: string,
]

export const inconsistentRetention: Inconsistency[] = [
  [
    'what would be kept for ever',
    'candor',
    (p) => (p.categories.conversation.retention.period = null),
    'categories.conversation.retention.period',
  ],
  [
    'text that is to be anonymised',
    'candor',
    (p) => (p.categories.conversation.retention.disposition = 'anonymise'),
    'categories.conversation.retention.disposition',
  ],
  [
    'a period by channel for what came by none',
    'candor',
    (p) => (p.categories['security-log'].retention.byChannel = { mail: { days: 1 } }),
    'categories.security-log.retention.byChannel',
  ],
  [
    'invoices kept shorter than German law',
    'candor',
    (p) => (p.categories['purchase-records'].retention.period = { months: 95 }),
    'categories.purchase-records.retention.period',
  ],
  [
    'invoices counted from their day and not from the end of the year',
    'candor',
    (p) => Object.assign(p.categories['purchase-records'].retention, { period: { years: 8 }, yearEnd: null }),
    'categories.purchase-records.retention.period',
  ],
  [
    'invoices kept shorter than British law',
    'imsupporting',
    (p) => (p.categories['purchase-records'].retention.period = { years: 5, months: 11 }),
    'categories.purchase-records.retention.period',
  ],
  [
    'requests kept shorter than Californian law',
    'candor',
    (p) => (p.categories['rights-requests'].retention.period = { months: 23 }),
    'categories.rights-requests.retention.period',
  ],
  [
    'what cookies yielded kept longer than 13 months',
    'imbachat',
    (p) => (p.categories['cookie-yield'].retention.period = { months: 13, days: 1 }),
    'categories.cookie-yield.retention.period',
  ],
  [
    'a security log kept longer than a year',
    'candor',
    (p) => (p.categories['security-log'].retention.period = { days: 366 }),
    'categories.security-log.retention.period',
  ],
  [
    'an evidence log kept longer than it states',
    'imsupporting',
    (p) => (p.categories['evidence-log'].retention.period = { months: 13 }),
    'categories.evidence-log.retention.period',
  ],
  [
    'proof of consent that ends before what rests on it',
    'candor',
    (p) => (p.categories['consent-records'].retention.period = { months: 11 }),
    'categories.consent-records.retention.period',
  ],
  [
    'an address kept longer than the log it is in',
    'chatinbox',
    (p) => (p.visitorAddress.keep = { days: 61 }),
    'visitorAddress.keep',
  ],
]

import { inconsistentRetention } from './inconsistent-retention.ts'
import type { Inconsistency } from './inconsistent-retention.ts'

/** One change to a pack for each rule: what it breaks, and the setting that has to be named. */
export const inconsistencies: Inconsistency[] = [
  // Bases
  [
    'a purpose on consent that is not asked for',
    'imbachat',
    (p) => remove(p.consent.asked, 'advertising'),
    'categories.cookie-yield.purposes',
  ],
  [
    'a purpose on consent that nobody can be asked for',
    'candor',
    (p) => (p.categories.conversation.basis = 'consent'),
    'categories.conversation.purposes',
  ],
  [
    'remembering visitors without their consent',
    'candor',
    (p) => p.categories['visitor-session'].purposes.push('remember-visitor'),
    'categories.visitor-session.purposes',
  ],
  [
    'advertising without consent',
    'candor',
    (p) => p.categories['contact-details'].purposes.push('advertise'),
    'categories.contact-details.purposes',
  ],
  [
    'the purpose of calls that touch nothing',
    'candor',
    (p) => p.categories.conversation.purposes.push('none'),
    'categories.conversation.purposes',
  ],
  [
    'what cookies yield on another basis than consent',
    'candor',
    (p) => (p.categories['cookie-yield'].basis = 'legitimate-interests'),
    'categories.cookie-yield.basis',
  ],
  [
    'records a law has kept on another basis',
    'candor',
    (p) => (p.categories['purchase-records'].basis = 'contract'),
    'categories.purchase-records.basis',
  ],
  [
    'a legal obligation that is no purpose',
    'candor',
    (p) => (p.categories['compliance-records'].purposes = ['serve-rights']),
    'categories.compliance-records.purposes',
  ],
  [
    'a second use of the security log',
    'candor',
    (p) => p.categories['security-log'].purposes.push('measure-use'),
    'categories.security-log.purposes',
  ],
  [
    'a second use of the evidence log',
    'candor',
    (p) => p.categories['evidence-log'].purposes.push('answer-inquiry'),
    'categories.evidence-log.purposes',
  ],
  [
    'other marketing by consent that is not asked for',
    'imbachat',
    (p) => remove(p.consent.asked, 'marketing-mail'),
    'marketing.other',
  ],
  [
    'service news until opted out, on consent',
    'candor',
    (p) => (p.marketing.serviceNews = 'opt-out'),
    'marketing.serviceNews',
  ],
  [
    'news by consent, and another basis for it',
    'candor',
    (p) => (p.categories['marketing-preference'].basis = 'legitimate-interests'),
    'categories.marketing-preference.basis',
  ],
  ...inconsistentRetention,
  // Recipients
  [
    'a recipient of a category that is not on the list',
    'candor',
    (p) => p.categories.conversation.recipients.push('nobody'),
    'categories.conversation.recipients',
  ],
  [
    'a recipient that stands there twice',
    'candor',
    (p) => p.recipients.push(p.recipients[0]!),
    'recipients.6.id',
  ],
  [
    'a recipient abroad without a safeguard',
    'candor',
    (p) => (p.recipients[1]!.country = 'US'),
    'recipients.1.safeguard',
  ],
  [
    'an adequacy decision that does not exist',
    'chatinbox',
    (p) => Object.assign(p.recipients[2]!, { country: 'IN', safeguard: 'adequacy-decision' }),
    'recipients.2.safeguard',
  ],
  [
    'a safeguard for a transfer that is none',
    'candor',
    (p) => (p.recipients[1]!.safeguard = 'standard-clauses'),
    'recipients.1.safeguard',
  ],
  [
    'a processor without an agreement',
    'candor',
    (p) => (p.recipients[1]!.agreement = null),
    'recipients.1.agreement',
  ],
  [
    'a recipient that is called at something else than a host',
    'candor',
    (p) => p.recipients[1]!.hosts.push('https://api.example.com/v1'),
    'recipients.1.hosts',
  ],
  [
    'a payment provider that is no recipient of purchases',
    'candor',
    (p) => p.paymentProviders.push('paypal'),
    'paymentProviders',
  ],
  // Cookies and signals
  [
    'a cookie whose consent is not asked for',
    'candor',
    (p) =>
      p.cookies.push({
        name: 'ad',
        kind: 'advertising',
        storage: 'cookie',
        purpose: 'Ads',
        lifetime: { days: 1 },
      }),
    'cookies.8.kind',
  ],
  ['a cookie that stands there twice', 'candor', (p) => p.cookies.push(p.cookies[0]!), 'cookies.8.name'],
  [
    'cookies that are not essential and no banner',
    'candor',
    (p) => (p.consent.prompt = 'none'),
    'consent.prompt',
  ],
  [
    'a cookie that is not essential and never ends',
    'candor',
    (p) => (p.cookies[7]!.lifetime = null),
    'cookies.7.lifetime',
  ],
  [
    'a cookie that outlives what it yields',
    'candor',
    (p) => (p.cookies[7]!.lifetime = { months: 13 }),
    'cookies.7.lifetime',
  ],
  [
    'California without Global Privacy Control',
    'candor',
    (p) => (p.signals.globalPrivacyControl = 'ignored'),
    'signals.globalPrivacyControl',
  ],
  // Rights
  ['a right of the GDPR left out', 'candor', (p) => delete p.rights.portability, 'rights.portability'],
  ['a right of the CCPA left out', 'chatinbox', (p) => delete p.rights['ccpa-delete'], 'rights.ccpa-delete'],
  [
    'a limit longer than a month',
    'candor',
    (p) => (p.rights.access!.within = { days: 31 }),
    'rights.access.within',
  ],
  [
    'an extension longer than two months',
    'candor',
    (p) => (p.rights.erasure!.extension = { months: 2, days: 1 }),
    'rights.erasure.extension',
  ],
  [
    'a limit longer than 45 days in California',
    'candor',
    (p) => (p.rights['ccpa-know']!.within = { days: 46 }),
    'rights.ccpa-know.within',
  ],
  [
    'an extension longer than 45 days in California',
    'candor',
    (p) => (p.rights['ccpa-correct']!.extension = { days: 46 }),
    'rights.ccpa-correct.extension',
  ],
  [
    'an extension where the law knows none',
    'candor',
    (p) => (p.rights['ccpa-opt-out']!.extension = { days: 1 }),
    'rights.ccpa-opt-out.extension',
  ],
  [
    'news that cannot be stopped',
    'candor',
    (p) => delete p.rights['marketing-opt-out'],
    'rights.marketing-opt-out',
  ],
  [
    'a minimum age and no way to report a minor',
    'candor',
    (p) => delete p.rights['minor-report'],
    'rights.minor-report',
  ],
  ['a way to report a minor and no minimum age', 'candor', (p) => (p.minors = null), 'minors'],
  [
    'a report of a minor that is answered after the data should be gone',
    'candor',
    (p) => (p.rights['minor-report']!.within = { days: 2 }),
    'rights.minor-report.within',
  ],
  [
    "a minor's data kept on for more than a month",
    'candor',
    (p) => (p.minors!.eraseWithin = { days: 32 }),
    'minors.eraseWithin',
  ],
]

function remove<T>(list: T[], item: T): void {
  list.splice(list.indexOf(item), 1)
}

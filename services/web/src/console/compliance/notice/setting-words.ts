import type { Period } from '@candor/contracts/policy/period'
import { periodText } from '@candor/policy/period'
import { kindNames } from '../../../privacy/requests/request-states.tsx'
import {
  agreementNames,
  announcementNames,
  basisNames,
  categoryTitle,
  channelNames,
  consentNames,
  cookieKindNames,
  newsNames,
  patternNames,
  proofNames,
  providerNames,
  roleNames,
  safeguardNames,
  signalNames,
  storageNames,
} from '../words.ts'

/** What a setting is called by its path: `categories.conversation.retention.period`. */
export function settingName(path: string): string {
  const [root = '', key = '', ...rest] = path.split('.')
  if (root === 'categories') return `${categoryTitle(key)}: ${ofCategory(rest)}`
  if (root === 'rights') {
    const kind = kindNames[key as keyof typeof kindNames] ?? key
    return `Right: ${kind}${rest[0] ? `, ${partNames[rest[0]] ?? rest[0]}` : ''}`
  }
  if (root === 'recipients') return `Recipient ${key}${rest[0] ? `: ${partNames[rest[0]] ?? rest[0]}` : ''}`
  if (root === 'cookies') return `Cookie ${key}${rest[0] ? `: ${partNames[rest[0]] ?? rest[0]}` : ''}`
  return (
    settingNames[path] ?? settingNames[[root, key].filter(Boolean).join('.')] ?? settingNames[root] ?? path
  )
}

/** A setting's value in words. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'not set'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return wordOf(value)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(', ')
  if (typeof value !== 'object') return String(value)
  if (isPeriod(value)) return periodText(value)
  if ('within' in value) return `within ${valueText(value.within)}`
  if ('name' in value) return String(value.name)
  return Object.entries(value)
    .map(([key, own]) => `${partNames[key] ?? key} ${valueText(own)}`)
    .join(', ')
}

function isPeriod(value: object): value is Period {
  return 'years' in value || 'months' in value || 'days' in value
}

function ofCategory([part = '', inner = '', channel]: string[]): string {
  if (part !== 'retention') return partNames[part] ?? part
  if (inner === 'byChannel' && channel)
    return `kept for, by ${channelNames[channel as keyof typeof channelNames]}`
  return partNames[inner] ?? inner
}

function wordOf(value: string): string {
  return words[value] ?? value
}

const words: Record<string, string> = {
  ...basisNames,
  ...consentNames,
  ...cookieKindNames,
  ...storageNames,
  ...roleNames,
  ...safeguardNames,
  ...proofNames,
  ...agreementNames,
  ...announcementNames,
  ...signalNames,
  ...patternNames,
  ...providerNames,
  ...newsNames,
  delete: 'deleted',
  anonymise: 'made anonymous',
  banner: 'a banner',
  none: 'nothing',
}

const partNames: Record<string, string> = {
  basis: 'legal basis',
  because: 'reason',
  purposes: 'purposes',
  recipients: 'recipients',
  period: 'kept for',
  byChannel: 'kept for, by channel',
  yearEnd: 'counted from the end of the year',
  disposition: 'afterwards',
  within: 'answered within',
  extension: 'can be extended by',
  name: 'name',
  role: 'role',
  purpose: 'what for',
  country: 'country',
  safeguard: 'safeguard',
  agreement: 'agreement',
  hosts: 'addresses it is called at',
  kind: 'kind',
  storage: 'where it lies',
  lifetime: 'stays for',
}

const settingNames: Record<string, string> = {
  region: 'Region the data is kept in',
  'consent.asked': 'What consent is asked for',
  'consent.prompt': 'How consent is asked for',
  'consent.text': 'Text of the question for consent',
  'consent.textVersion': 'Version of the question for consent',
  'signals.doNotTrack': 'Do Not Track',
  'signals.globalPrivacyControl': 'Global Privacy Control',
  identityProof: 'How people prove who they are',
  minors: 'Minors',
  'minors.minimumAge': 'Minimum age',
  'minors.eraseWithin': 'Accounts of minors are erased within',
  paymentProviders: 'Payment providers',
  'marketing.serviceNews': 'News about the service',
  'marketing.other': 'Other marketing',
  'marketing.campaigns': 'Campaigns to your own customers',
  'visitorAddress.derive': 'Derived from the network address',
  'visitorAddress.keep': 'The network address is kept for',
  'guard.patterns': 'Masked before it is stored',
  'guard.keywords': 'Words that are masked',
  awareness: 'Privacy briefing of staff',
  'awareness.every': 'Privacy briefing every',
  'awareness.blocksAccess': 'An overdue briefing closes personal data',
  'disclosure.grounds': 'Grounds for disclosures to authorities',
  'disclosure.secondApproval': 'A second person approves disclosures',
  agreements: 'Agreements',
  announcements: 'How a changed notice is announced',
  'contact.email': 'Address for questions',
  'contact.officer': 'Data protection officer',
}

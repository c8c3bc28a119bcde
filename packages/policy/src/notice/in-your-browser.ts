import type { ConsentPurpose } from '@candor/contracts/policy/categories'
import type { Paragraph } from '@candor/contracts/policy/notice'
import type { Cookie, Policy } from '@candor/contracts/policy/policy'
import { periodText } from '../period.ts'
import { stillHolds } from '../still-holds.ts'
import type { PolicyPath } from '../pack.ts'
import { listed, paragraph } from './phrases.ts'
import type { NoticeSource, WriteSection } from './source.ts'

export const writeCookies: WriteSection = ({ policy }) => ({
  id: 'cookies',
  title: 'What is stored in your browser',
  paragraphs: [paragraph('cookies.consent', consentText(policy))],
  tables: [
    {
      key: 'cookies',
      head: ['Name', 'Kind', 'Where', 'What for', 'How long'],
      rows: policy.cookies.map((cookie) => ({
        key: cookie.name,
        cells: [
          cookie.name,
          kindText[cookie.kind],
          storageText[cookie.storage],
          cookie.purpose,
          lifetimeText(cookie),
        ],
      })),
    },
  ],
})

export const writeSignals: WriteSection = (source) => ({
  id: 'signals',
  title: 'Signals that your browser sends',
  paragraphs: [
    signal(source, 'signals.doNotTrack', 'Do Not Track', source.policy.signals.doNotTrack),
    signal(
      source,
      'signals.globalPrivacyControl',
      'Global Privacy Control',
      source.policy.signals.globalPrivacyControl,
    ),
  ].flat(),
  tables: [],
})

/** Nothing where a promise of the pack says it already. */
function signal(
  { pack, policy }: NoticeSource,
  path: PolicyPath,
  name: string,
  rule: 'obeyed' | 'ignored',
): Paragraph[] {
  const isTold = pack.clauses.some(
    (clause) => clause.settings.some((setting) => setting === path) && stillHolds(pack, policy, clause),
  )
  if (isTold) return []
  const text =
    rule === 'obeyed'
      ? `We obey ${name}: while your browser sends it, nothing goes to others for analysis or marketing, and nothing is stored that is not essential.`
      : `We do not act on ${name}: the chat treats you the same whether or not your browser sends it.`
  return [paragraph(path, text)]
}

function consentText({ consent }: Policy): string {
  if (consent.asked.length === 0) return 'Only what is essential is stored. There is nothing to agree to.'
  const asked = `We ask for your consent to ${listed(consent.asked.map((purpose) => consentWords[purpose]))}.`
  return `${asked} You may give each by itself, refuse as easily as agree, and withdraw at any time.`
}

const consentWords: Record<ConsentPurpose, string> = {
  'remember-me': 'remembering you',
  statistics: 'statistics',
  advertising: 'advertising',
  'marketing-mail': 'news by mail',
}

const kindText: Record<Cookie['kind'], string> = {
  essential: 'Essential',
  'remember-me': 'Remembers you, with consent',
  statistics: 'Statistics, with consent',
  advertising: 'Advertising, with consent',
}

const storageText: Record<Cookie['storage'], string> = {
  cookie: 'Cookie',
  'local-storage': 'Local storage',
  'session-storage': 'Storage of the tab',
  pixel: 'Pixel or beacon of a third party',
}

function lifetimeText({ lifetime, storage }: Cookie): string {
  if (lifetime) return periodText(lifetime)
  if (storage === 'pixel') return 'Stores nothing, tells of each visit'
  return storage === 'local-storage' ? 'Until you end it' : 'Until the browser is closed'
}

import type { Notice, Paragraph, SectionId } from '@candor/contracts/policy/notice'
import { clauseText } from './clause-text.ts'
import { writeCookies, writeSignals } from './notice/in-your-browser.ts'
import type { NoticeSource, WriteSection } from './notice/source.ts'
import { writeAbout, writeData } from './notice/what-we-hold.ts'
import { writeChanges, writeContact, writeMarketing, writeWorkings } from './notice/how-we-work.ts'
import { writeRecipients } from './notice/who-receives-it.ts'
import { writeChildren, writeRights } from './notice/your-rights.ts'
import type { Clause } from './pack.ts'
import { stillHolds } from './still-holds.ts'

/**
 * A business's privacy notice: the promises of its pack that its settings keep, each in the section it belongs to, and
 * what the settings themselves say. A promise that a change took back is left out.
 */
export function renderNotice(source: NoticeSource): Notice {
  const { pack, policy, business, revisedAt, effectiveAt } = source
  const promises = Map.groupBy(
    pack.clauses.filter((clause) => stillHolds(pack, policy, clause)),
    sectionOf,
  )
  const promisedIn = (id: SectionId): Paragraph[] =>
    (promises.get(id) ?? []).map((clause) => ({
      key: clause.id,
      text: clauseText(clause, policy),
      clause: clause.id,
    }))
  return {
    pack: pack.id,
    business,
    revisedAt,
    effectiveAt,
    settings: policy,
    sections: sections.map((write) => {
      const section = write(source)
      return { ...section, paragraphs: [...promisedIn(section.id), ...section.paragraphs] }
    }),
  }
}

const sections: WriteSection[] = [
  writeAbout,
  writeData,
  writeCookies,
  writeSignals,
  writeRecipients,
  writeRights,
  writeChildren,
  writeMarketing,
  writeWorkings,
  writeChanges,
  writeContact,
]

/** Where a promise is told: with the setting that carries it first. */
function sectionOf({ settings }: Clause): SectionId {
  const [first] = settings
  return first ? sectionOfSetting[first.split('.')[0] as keyof typeof sectionOfSetting] : 'workings'
}

const sectionOfSetting = {
  region: 'recipients',
  categories: 'data',
  consent: 'cookies',
  signals: 'signals',
  cookies: 'cookies',
  identityProof: 'rights',
  minors: 'children',
  rights: 'rights',
  recipients: 'recipients',
  paymentProviders: 'recipients',
  marketing: 'marketing',
  visitorAddress: 'data',
  guard: 'data',
  awareness: 'workings',
  disclosure: 'recipients',
  agreements: 'recipients',
  announcements: 'changes',
  contact: 'contact',
} as const satisfies Record<keyof NoticeSource['policy'], SectionId>

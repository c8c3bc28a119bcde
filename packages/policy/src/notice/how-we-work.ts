import type { Policy } from '@candor/contracts/policy/policy'
import { authorityOf, complaintText } from '../authorities.ts'
import { periodText } from '../period.ts'
import { listed, paragraph } from './phrases.ts'
import type { WriteSection } from './source.ts'

export const writeMarketing: WriteSection = ({ policy: { marketing } }) => ({
  id: 'marketing',
  title: 'News and offers',
  paragraphs: [
    paragraph('marketing.serviceNews', `News about the service: ${newsText[marketing.serviceNews]}`),
    paragraph('marketing.other', `Other news and offers: ${newsText[marketing.other]}`),
    paragraph(
      'marketing.campaigns',
      marketing.campaigns === 'never'
        ? 'Those who write to the business get no campaigns.'
        : 'Those who write to the business get campaigns only at its recorded instruction, and only if they agreed.',
    ),
  ],
  tables: [],
})

export const writeWorkings: WriteSection = ({ policy: { awareness } }) => ({
  id: 'workings',
  title: 'How the chat works and is protected',
  paragraphs: awareness
    ? [
        paragraph(
          'workings.awareness',
          `Staff confirm a briefing on data protection every ${periodText(awareness.every)}.${
            awareness.blocksAccess ? ' Until they have, they see no personal data.' : ''
          }`,
        ),
      ]
    : [],
  tables: [],
})

export const writeChanges: WriteSection = ({ policy, revisedAt, effectiveAt }) => ({
  id: 'changes',
  title: 'Changes to this notice',
  paragraphs: [
    ...(revisedAt
      ? [paragraph('changes.revised', `This version was last revised on ${dayOf(revisedAt)}.`)]
      : []),
    ...(effectiveAt ? [paragraph('changes.effective', `It takes effect on ${dayOf(effectiveAt)}.`)] : []),
    paragraph(
      'changes.announced',
      `A change is announced ${listed(policy.announcements.map((way) => announcementText[way]))}. Earlier versions stay here to be read and compared.`,
    ),
  ],
  tables: [],
})

export const writeContact: WriteSection = (source) => {
  const { email, officer } = source.policy.contact
  const address = email ?? source.business.contact
  return {
    id: 'contact',
    title: 'Whom to ask, and where to complain',
    paragraphs: [
      paragraph(
        'contact.address',
        address
          ? `Questions and requests: ${address}, or the form on the privacy page.`
          : 'Questions and requests: the form on the privacy page.',
      ),
      ...(officer
        ? [paragraph('contact.officer', `Data protection officer: ${officer.name}, ${officer.email}.`)]
        : []),
      paragraph(
        'contact.authority',
        complaintText(authorityOf(source.readerCountry, source.business.country)),
      ),
    ],
    tables: [],
  }
}

const newsText: Record<Policy['marketing']['serviceNews'], string> = {
  'opt-out': 'sent to customers until they opt out, which takes one click.',
  'opt-in': 'sent only to those who agreed.',
  never: 'not sent.',
}

const announcementText: Record<Policy['announcements'][number], string> = {
  mail: 'by mail',
  banner: 'in a banner on the site',
  'in-account': 'in the account',
}

const dayOf = (time: string) => time.slice(0, 10)

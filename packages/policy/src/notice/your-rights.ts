import type { Policy } from '@candor/contracts/policy/policy'
import { periodText } from '../period.ts'
import { rightsOf } from '../rights.ts'
import { listed, paragraph } from './phrases.ts'
import type { WriteSection } from './source.ts'

export const writeRights: WriteSection = ({ policy }) => ({
  id: 'rights',
  title: 'Your rights, and how to use each',
  paragraphs: [
    paragraph(
      'rights.proof',
      `Before we tell or change anything you show who you are: by ${listed(
        policy.identityProof.map((proof) => proofText[proof]),
        'or',
      )}. The time in which we answer counts from then.`,
    ),
  ],
  tables: [
    {
      key: 'rights',
      head: ['Right', 'Law', 'How', 'By when'],
      rows: rightsOf(policy).map(({ kind, right, law, how, by }) => ({
        key: kind,
        cells: [right, law, how, by],
      })),
    },
  ],
})

export const writeChildren: WriteSection = ({ policy: { minors } }) => ({
  id: 'children',
  title: 'Children',
  paragraphs: [
    paragraph(
      'children.age',
      minors
        ? `Nobody under ${minors.minimumAge} may use the chat. What belongs to somebody younger is hidden as soon as it is reported, and erased within ${periodText(minors.eraseWithin)}.`
        : 'The chat is not made for children, and sets no minimum age.',
    ),
  ],
  tables: [],
})

const proofText: Record<Policy['identityProof'][number], string> = {
  'mailed-link': 'a link that we mail you',
  'signed-in': 'being signed in',
  'document-check': 'a document that staff look at and do not keep',
}

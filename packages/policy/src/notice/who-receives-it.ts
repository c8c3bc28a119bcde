import type { Policy, Recipient } from '@candor/contracts/policy/policy'
import { countryName } from '../country-name.ts'
import { safeguardText } from '../describe-category.ts'
import { listed, paragraph } from './phrases.ts'
import type { WriteSection } from './source.ts'

export const writeRecipients: WriteSection = ({ policy }) => ({
  id: 'recipients',
  title: 'Who receives it, and where',
  paragraphs: [
    paragraph('recipients.abroad', abroadText(policy)),
    paragraph('recipients.disclosure', disclosureText(policy)),
    ...(policy.agreements.length > 0
      ? [
          paragraph(
            'recipients.agreements',
            `The business and Candor have agreed on ${listed(policy.agreements.map((one) => agreementText[one]))}.`,
          ),
        ]
      : []),
  ],
  tables: [
    {
      key: 'recipients',
      head: ['Who', 'What it does', 'As', 'Country', 'Safeguard of the transfer', 'Agreement'],
      rows: policy.recipients.map((recipient) => ({
        key: recipient.id,
        cells: [
          recipient.name,
          recipient.purpose,
          roleText[recipient.role],
          countryName(recipient.country),
          recipient.safeguard ? safeguardText[recipient.safeguard] : 'None needed',
          recipient.agreement ?? 'None needed',
        ],
      })),
    },
  ],
})

function abroadText({ recipients }: Policy): string {
  const abroad = recipients.flatMap(({ name, country, safeguard }) =>
    safeguard ? [`${name} (${countryName(country)}, ${safeguardText[safeguard]})`] : [],
  )
  return abroad.length === 0
    ? 'No recipient is outside the region in which the data is kept.'
    : `Outside the region in which the data is kept: ${listed(abroad)}.`
}

function disclosureText({ disclosure: { grounds, secondApproval } }: Policy): string {
  if (grounds.length === 0) return 'We disclose data to nobody else.'
  const approval = secondApproval ? ' Two people have to agree to it.' : ''
  return `To anybody else we disclose data on these grounds alone: ${grounds.join('; ')}.${approval} Each disclosure is recorded, and you are told of it unless an order forbids that.`
}

const roleText: Record<Recipient['role'], string> = {
  processor: 'Processor, bound by our instructions',
  controller: 'Answers for it itself',
  authority: 'Authority',
}

const agreementText: Record<Policy['agreements'][number], string> = {
  dpa: 'a data processing agreement',
  'standard-clauses': 'standard contractual clauses',
  ccpa: 'the terms that the CCPA asks for',
}

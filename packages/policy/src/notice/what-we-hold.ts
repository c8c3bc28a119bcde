import { categoryIds } from '@candor/contracts/policy/categories'
import type { Policy } from '@candor/contracts/policy/policy'
import { countryName } from '../country-name.ts'
import { describeCategory } from '../describe-category.ts'
import { periodText } from '../period.ts'
import { listed, paragraph } from './phrases.ts'
import type { WriteSection } from './source.ts'

export const writeAbout: WriteSection = ({ business, policy }) => ({
  id: 'about',
  title: 'Who answers for this notice',
  paragraphs: [
    paragraph(
      'about.business',
      `This is the privacy notice of ${business.name}, ${countryName(business.country)}, for its chat.`,
    ),
    paragraph(
      'about.platform',
      'Candor runs the chat. What visitors write and tell it handles for the business and as the business says. For the accounts of staff, for invoices and for the safety of the service it answers itself.',
    ),
    paragraph('about.region', `The data is kept in ${regionText[policy.region]}.`),
  ],
  tables: [],
})

export const writeData: WriteSection = ({ policy, held = categoryIds }) => ({
  id: 'data',
  title: 'What we hold, why and for how long',
  paragraphs: [
    paragraph('data.address', addressText(policy)),
    ...(policy.guard.patterns.length + policy.guard.keywords.length > 0
      ? [paragraph('data.guard', guardText(policy))]
      : []),
    paragraph(
      'data.closing',
      'Closing an account takes effect at once: nobody signs in any longer, and all goes but what a law has us keep, until that ends.',
    ),
  ],
  tables: [
    {
      key: 'categories',
      head: [
        'What',
        'What for',
        'On what legal ground',
        'Who receives it',
        'For how long',
        'Where it comes from',
        'Who answers for it',
      ],
      rows: categoryIds
        .filter((id) => held.includes(id))
        .map((id) => {
          const told = describeCategory(id, policy)
          return {
            key: id,
            cells: [
              told.title,
              told.purposes.join('; '),
              told.legalBasis,
              told.recipients.join('; '),
              told.retention,
              told.source,
              told.role === 'controller' ? 'Candor' : 'The business; Candor handles it on its behalf',
            ],
          }
        }),
    },
  ],
})

const regionText: Record<Policy['region'], string> = {
  eea: 'the European Economic Area',
  uk: 'the United Kingdom',
  us: 'the United States',
}

function addressText({ visitorAddress: { derive, keep } }: Policy): string {
  const derived =
    derive === 'country'
      ? 'From your network address we read the country, and the region where it is known.'
      : 'From your network address we read nothing.'
  return keep
    ? `${derived} The address itself is kept for ${periodText(keep)}, apart from the chat.`
    : `${derived} The address itself is not kept.`
}

function guardText({ guard }: Policy): string {
  const what = guard.patterns.map((pattern) => patternText[pattern])
  if (guard.keywords.length > 0) what.push('words that the business listed')
  return `Before a message is stored we mask ${listed(what)} in it, and tell who wrote it.`
}

const patternText: Record<Policy['guard']['patterns'][number], string> = {
  'card-number': 'card numbers',
  iban: 'bank account numbers',
  'national-id': 'national identity numbers',
}

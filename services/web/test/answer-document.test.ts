import type { AccessAnswer } from '@candor/contracts/privacy/schemas'
import { expect, test } from 'vitest'
import { answerDocument } from '../src/privacy/answer/answer-document.ts'

test('the page to take along tells every record, category and right, and needs nothing else', () => {
  const page = answerDocument(answer)
  for (const words of [
    'Mina',
    'Contact details',
    '12 months',
    'Nothing about you is held here',
    'Erasure',
    'Handed to authorities',
    'Court order',
  ]) {
    expect(page).toContain(words)
  }
  expect(page).not.toMatch(/<script|src=|href=|url\(/)
})

test('what a visitor wrote cannot become part of the page', () => {
  const page = answerDocument(answer)
  expect(page).not.toContain('<img')
  expect(page).toContain('&#60;img onerror=&#34;x&#34;&#62; &#38; more')
  expect(page).toContain('District Court &#60;1&#62;')
})

const answer: AccessAnswer = {
  requestId: '01a20094-c33c-7935-b410-422514262477',
  business: { name: "Rosie's <Bicycles>", slug: 'rosie' },
  generatedAt: '2026-11-22T00:08:00.380Z',
  services: [
    {
      service: 'chat',
      holdings: [
        {
          table: 'contacts',
          category: 'contact-details',
          title: 'Contact details',
          purposes: ['Answering'],
          legalBasis: 'Legitimate interests',
          role: 'processor',
          recipients: ['Staff'],
          retention: '12 months',
          source: 'You',
          records: [{ name: 'Mina' }, { name: '<img onerror="x"> & more' }],
        },
      ],
    },
    { service: 'billing', holdings: [] },
  ],
  disclosures: [
    {
      authority: 'District Court <1>',
      ground: 'Court order',
      categories: ['contact-details'],
      disclosedAt: '2026-11-20T10:00:00.000Z',
    },
  ],
  rights: [{ right: 'Erasure', law: 'GDPR article 17', how: 'Ask for it.' }],
}

import type { AccessAnswer } from '@candor/contracts/privacy/schemas'
import { expect, test } from 'vitest'
import { answerDocument } from '../src/privacy/answer/answer-document.ts'

test('the page to take along tells every record, category and right, and needs nothing else', () => {
  const page = answerDocument(answer)
  for (const words of ['Mina', 'Contact details', '12 months', 'Nothing about you is held here', 'Erasure']) {
    expect(page).toContain(words)
  }
  expect(page).not.toMatch(/<script|src=|href=|url\(/)
})

test('what a visitor wrote cannot become part of the page', () => {
  const page = answerDocument(answer)
  expect(page).not.toContain('<img')
  expect(page).toContain('&#60;img onerror=&#34;x&#34;&#62; &#38; more')
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
  rights: [{ right: 'Erasure', law: 'GDPR article 17', how: 'Ask for it.' }],
}

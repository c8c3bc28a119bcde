/** The rights of a data subject under the GDPR and how each is used here. */
export const rights = [
  {
    right: 'Access',
    law: 'GDPR article 15',
    how: 'Ask for a copy on this page. It is answered at once from every service, with purpose, basis, recipients, retention and source.',
  },
  {
    right: 'Rectification',
    law: 'GDPR article 16',
    how: 'Write to the business in the chat: its staff correct your name and address there.',
  },
  {
    right: 'Erasure',
    law: 'GDPR article 17',
    how: 'Ask for it on this page. You get a signed receipt of what was erased and of what stays, and why.',
  },
  {
    right: 'Restriction of processing',
    law: 'GDPR article 18',
    how: 'Write to the business. An erasure hides your data at once, before anything is deleted.',
  },
  {
    right: 'Data portability',
    law: 'GDPR article 20',
    how: 'Download the answer to an access request as JSON, which other systems can read.',
  },
  {
    right: 'Objection',
    law: 'GDPR article 21',
    how: 'Write to the business and say what you object to; it stops unless it shows compelling grounds.',
  },
  {
    right: 'Complaint',
    law: 'GDPR article 77',
    how: 'You can complain to the supervisory authority of the country you live or work in.',
  },
]

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
    how: 'Say what is wrong and what is right. Staff of the business decide, with a reason; what is approved is corrected in every service.',
  },
  {
    right: 'Erasure',
    law: 'GDPR article 17',
    how: 'Ask for it on this page. You get a signed receipt of what was erased and of what stays, and why.',
  },
  {
    right: 'Restriction of processing',
    law: 'GDPR article 18',
    how: 'Ask for it on this page. Your records are then stored and used for nothing, until you lift it, or three days after the business told you why it does.',
  },
  {
    right: 'Data portability',
    law: 'GDPR article 20',
    how: 'Ask for the file: signed JSON with a published schema, which another business on Candor can take in.',
  },
  {
    right: 'Objection',
    law: 'GDPR article 21',
    how: 'Say what you object to. It stops at once; the business may take it up again only for compelling grounds, which it tells you.',
  },
  {
    right: 'Complaint',
    law: 'GDPR article 77',
    how: 'You can complain to the supervisory authority of the country you live or work in.',
  },
]

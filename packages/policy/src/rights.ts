import type { RequestKind } from '@candor/contracts/policy/policy'

/** What each right is called, where it stands and how it is used. */
export const rights: Record<RequestKind, Right> = {
  access: {
    title: 'Access',
    law: 'GDPR article 15',
    how: 'Ask for a copy on the privacy page. It comes from every service, with purpose, basis, recipients, retention and source.',
  },
  correction: {
    title: 'Correction',
    law: 'GDPR article 16',
    how: 'Ask for it on the privacy page and say what is wrong. We change it and tell those who got it from us.',
  },
  erasure: {
    title: 'Erasure',
    law: 'GDPR article 17',
    how: 'Ask for it on the privacy page. You get a signed receipt of what was erased and of what stays, and why.',
  },
  restriction: {
    title: 'Restriction of processing',
    law: 'GDPR article 18',
    how: 'Ask for it on the privacy page. Your data is then only stored until it is settled.',
  },
  portability: {
    title: 'Data portability',
    law: 'GDPR article 20',
    how: 'Ask for it on the privacy page. You get a file in a documented format that another service can read.',
  },
  objection: {
    title: 'Objection',
    law: 'GDPR article 21',
    how: 'Ask for it on the privacy page and say what you object to. It stops unless there are compelling grounds.',
  },
  'marketing-opt-out': {
    title: 'No more news',
    law: 'GDPR article 21(2)',
    how: 'Use the link in any of our mails. One click is enough, and you need not sign in.',
  },
  deactivation: {
    title: 'Deactivation of an account',
    law: 'This notice',
    how: 'Deactivate it in your settings or on the privacy page. What you wrote stays and still shows your name.',
  },
  'minor-report': {
    title: 'Report of a minor',
    law: 'This notice',
    how: 'Tell us on the privacy page which account or chat is a minor’s. It is closed at once.',
  },
  'ccpa-know': {
    title: 'Right to know',
    law: 'CCPA, Cal. Civ. Code section 1798.110',
    how: 'Ask on the privacy page what was collected about you, from where, what for and to whom it went.',
  },
  'ccpa-delete': {
    title: 'Right to delete',
    law: 'CCPA, Cal. Civ. Code section 1798.105',
    how: 'Ask for it on the privacy page. Those who process for us delete it too.',
  },
  'ccpa-correct': {
    title: 'Right to correct',
    law: 'CCPA, Cal. Civ. Code section 1798.106',
    how: 'Ask for it on the privacy page and say what is wrong.',
  },
  'ccpa-opt-out': {
    title: 'Right to opt out of sale and sharing',
    law: 'CCPA, Cal. Civ. Code section 1798.120',
    how: 'Send Global Privacy Control with your browser, or ask for it on the privacy page. We sell nothing in any case.',
  },
}

export interface Right {
  readonly title: string
  readonly law: string
  readonly how: string
}

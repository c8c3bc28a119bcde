import { requestKinds } from '@candor/contracts/policy/request-kinds'
import type { Policy, RequestKind } from '@candor/contracts/policy/policy'
import { periodText } from './period.ts'

/** The rights that a policy offers, each with how it is used and by when it is served. */
export function rightsOf(policy: Policy): OfferedRight[] {
  return requestKinds.flatMap((kind) => {
    const limit = policy.rights[kind]
    const { title: right, law, how } = rights[kind]
    return limit ? [{ kind, right, law, how, by: limitText(limit) }] : []
  })
}

function limitText({ within, extension }: NonNullable<Policy['rights'][RequestKind]>): string {
  const usual = `Within ${periodText(within)}`
  return extension ? `${usual}; where it is complex ${periodText(extension)} more, and we tell you so` : usual
}

/** What each right is called, where it stands and how it is used. */
const rights: Record<RequestKind, Right> = {
  access: {
    title: 'Access',
    law: 'GDPR article 15',
    how: 'Ask for a copy on the privacy page. It is collected at once from every service, with purpose, basis, recipients, retention and source.',
  },
  correction: {
    title: 'Correction',
    law: 'GDPR article 16',
    how: 'Say on the privacy page what is wrong and what is right. Staff decide, with a reason; what is approved is corrected in every service, and those who got it from us are told.',
  },
  erasure: {
    title: 'Erasure',
    law: 'GDPR article 17',
    how: 'Ask for it on the privacy page. You get a signed receipt of what was erased and of what stays, and why.',
  },
  restriction: {
    title: 'Restriction of processing',
    law: 'GDPR article 18',
    how: 'Ask for it on the privacy page. Your data is then stored and used for nothing, until you lift it, or three days after you were told why it ends.',
  },
  portability: {
    title: 'Data portability',
    law: 'GDPR article 20',
    how: 'Ask for the file on the privacy page: signed JSON with a published schema, which another business on Candor can take in.',
  },
  objection: {
    title: 'Objection',
    law: 'GDPR article 21',
    how: 'Say on the privacy page what you object to. It stops at once, and is taken up again only for compelling grounds, of which you are told.',
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

export interface OfferedRight {
  kind: RequestKind
  right: string
  law: string
  how: string
  by: string
}

interface Right {
  readonly title: string
  readonly law: string
  readonly how: string
}

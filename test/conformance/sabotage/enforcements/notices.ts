import { alter, alterNotices } from '../sabotage.ts'
import type { Sabotage } from '../sabotage.ts'

/** What a notice says, since when, and who hears of it. */
export const notices: readonly Sabotage[] = [
  {
    name: 'announcement of notices',
    means: 'what is to be announced is not taken down',
    breaks: ['imbachat-15-notice-change', 'imocloud-14-revised-date'],
    apply: (stack) =>
      alter(stack, 'privacy', 'create rule lost as on insert to announcements_due do instead nothing'),
  },
  {
    name: 'acknowledgement of notices',
    means: 'what somebody has read is announced again',
    breaks: ['chatinbox-16-change-communicated'],
    replace: {
      module: 'services/privacy/src/domain/notices/announcements.ts',
      from: 'version.version <= seen || ',
      to: '',
    },
  },
  {
    name: 'effective dates',
    means: 'a notice counts as soon as it is published',
    breaks: ['imbachat-05-storage-vendors', 'chatsphere-04-processors-bound', 'chatsphere-10-effective-date'],
    replace: {
      module: 'services/privacy/src/domain/notices/publish-policy.ts',
      from: 'effectiveAt: effectiveAt.toISOString(),',
      to: 'effectiveAt: now.toISOString(),',
    },
  },
  {
    name: 'revision dates',
    means: 'a new notice carries the date of the one before',
    breaks: ['imocloud-14-revised-date'],
    replace: {
      module: 'services/privacy/src/domain/notices/publish-policy.ts',
      from: 'revisedAt: now.toISOString(),',
      to: 'revisedAt: last.revisedAt,',
    },
  },
  {
    name: 'whose notice it is',
    means: 'a notice does not name its business',
    breaks: ['imsupporting-04-host-site-notice'],
    replace: {
      module: 'packages/policy/src/notice/what-we-hold.ts',
      from: 'the privacy notice of ${business.name}, ',
      to: 'the privacy notice of a business in ',
    },
  },
  {
    name: 'authority of the reader',
    means: 'everybody is told of the one where the business is',
    breaks: ['imbachat-12-rights-and-authority'],
    replace: {
      module: 'services/privacy/src/domain/get-notice.ts',
      from: 'authority: authorityOf(input.country, country),',
      to: 'authority: authorityOf(country),',
    },
  },
  {
    name: 'record of processing',
    means: 'it names no recipients',
    breaks: ['imbachat-03-account-data'],
    replace: {
      module: 'services/privacy/src/domain/registers/processing-record.ts',
      from: 'recipients: policy.recipients.filter(({ id }) => rule.recipients.includes(id)),',
      to: 'recipients: [],',
    },
  },
  {
    name: 'legal basis of every column',
    means: 'a service starts with a category that no notice knows',
    breaks: ['imocloud-07-legal-bases'],
    replace: {
      module: 'packages/personal-data/src/data-map.ts',
      from: 'if (!categoryIds.includes(declared.category))',
      to: 'if (false)',
    },
  },
  {
    name: 'agreements',
    means: 'an account enters none',
    breaks: ['chatinbox-15-dpa'],
    apply: (stack) =>
      alter(stack, 'privacy', 'create rule lost as on insert to agreements do instead nothing'),
  },
  {
    name: 'privacy team',
    means: 'messages go to the owner, whomever the notice names',
    breaks: ['imbachat-16-dpo', 'imocloud-15-contact', 'chatsphere-11-contact'],
    replace: {
      module: 'services/privacy/src/domain/cases/open-case.ts',
      from: 'if (named.length > 0)',
      to: 'if (false)',
    },
  },
  {
    name: 'consent before cookies',
    means: 'where advertising is asked for, neither statistics nor being remembered are',
    breaks: ['imbachat-07-essential-cookies', 'imbachat-08-cookie-banner'],
    replace: {
      module: 'services/privacy/src/domain/consent/get-consent-prompt.ts',
      from: 'const { prompt, asked, text, textVersion } = policy.consent',
      to: `const { prompt, asked: all, text, textVersion } = policy.consent
  const asked = all.includes('advertising') ? all.filter((one) => !['statistics', 'remember-me'].includes(one)) : all`,
    },
  },
  {
    name: 'register of cookies',
    means: 'notices of imocloud are stored with an empty one',
    breaks: ['imocloud-09-trackers'],
    apply: (stack) =>
      alterNotices(stack, 'imocloud', `new.policy := jsonb_set(new.policy, '{cookies}', '[]')`),
  },
  {
    name: 'privacy signals',
    means: 'Do Not Track is ignored where a notice obeys it, and obeyed where one ignores it',
    breaks: ['imocloud-13-dnt-ignored', 'chatinbox-02-dnt-honoured'],
    replace: {
      module: 'packages/policy/src/consent.ts',
      from: "rules.doNotTrack === 'obeyed'",
      to: "rules.doNotTrack !== 'obeyed'",
    },
  },
]

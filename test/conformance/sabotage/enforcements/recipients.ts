import type { Sabotage } from '../sabotage.ts'

/** Who receives data, and what binds them. */
export const recipients: readonly Sabotage[] = [
  {
    name: 'announcement of recipients',
    means: 'nobody is told of a change',
    breaks: ['imbachat-05-storage-vendors', 'chatsphere-04-processors-bound'],
    replace: {
      module: 'services/privacy/src/domain/registers/recipients.ts',
      from: 'if (changes.length === 0) return',
      to: 'if (changes.length >= 0) return',
    },
  },
  {
    name: 'safeguards of transfers',
    means: 'a recipient abroad is taken without one',
    breaks: ['imbachat-18-transfers'],
    replace: {
      module: 'packages/policy/src/checks/recipients.ts',
      from: 'isAbroad && safeguard === null,',
      to: 'false,',
    },
  },
  {
    name: 'register of outgoing calls',
    means: 'a call goes wherever it wants',
    breaks: ['chatinbox-07-sharing-only-as-named'],
    replace: {
      module: 'packages/runtime/src/outgoing-fetch.ts',
      from: '!hosts?.includes(host) || ',
      to: '',
    },
  },
  {
    name: 'second approval',
    means: 'who asks may approve',
    breaks: ['imsupporting-12-law-enforcement', 'chatinbox-08-legal-disclosure'],
    replace: {
      module: 'services/privacy/src/domain/disclosures/keep-register.ts',
      from: 'found.requestedBy === caller.userId',
      to: 'false',
    },
  },
  {
    name: 'card at the provider',
    means: 'the payment provider hands the number of the card on, as part of its reference',
    breaks: ['imbachat-06-card-at-provider', 'imocloud-01-voluntary-data', 'imsupporting-19-no-card-data'],
    replace: {
      module: 'packages/local/src/payments/sessions.ts',
      from: "newId('pay')",
      to: "newId('pay_4242424242424242')",
    },
  },
]

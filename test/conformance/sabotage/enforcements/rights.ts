import { alter } from '../sabotage.ts'
import type { Sabotage } from '../sabotage.ts'

/** What people may ask, and get. */
export const rights: readonly Sabotage[] = [
  {
    name: 'identity proof',
    means: 'any proof is taken',
    breaks: ['imsupporting-10-identity-proof'],
    replace: {
      module: 'services/privacy/src/domain/requests/prove-identity.ts',
      from: 'if (!timingSafeEqual(proof.hash, hashProof(secret)))',
      to: 'if (false)',
    },
  },
  {
    name: 'role in the access answer',
    means: 'the platform says of everything that it answers for it itself',
    breaks: ['imbachat-02-two-roles'],
    replace: {
      module: 'packages/policy/src/describe-category.ts',
      from: '    role,\n',
      to: "    role: 'controller',\n",
    },
  },
  {
    name: 'recipients in the access answer',
    means: 'nobody is named who received anything',
    breaks: [
      'imbachat-05-storage-vendors',
      'imbachat-14-information-on-request',
      'imsupporting-09-subject-access',
      'chatsphere-04-processors-bound',
    ],
    replace: {
      module: 'packages/policy/src/describe-category.ts',
      from: 'recipients: [...seenBy, ...named.map(recipientText)],',
      to: 'recipients: [],',
    },
  },
  {
    name: 'correction',
    means: 'no column is taken for the one to correct',
    breaks: ['imsupporting-11-correction', 'chatsphere-07-rights'],
    replace: {
      module: 'packages/personal-data/src/correct-subject.ts',
      from: 'if (corrects !== field) continue',
      to: 'if (true) continue',
    },
  },
  {
    name: 'erasure',
    means: 'contacts stay',
    breaks: [
      'imocloud-11-anonymise-or-isolate',
      'imocloud-12-no-minors',
      'imsupporting-15-early-deletion',
      'imsupporting-16-evidence-log',
      'imsupporting-17-anonymous-statistics',
    ],
    replace: {
      module: 'packages/personal-data/src/erase-subject.ts',
      from: "onErasure === 'delete') && !pinned.has(table)",
      to: "onErasure === 'delete') && !pinned.has(table) && table !== 'contacts'",
    },
  },
  {
    name: 'restriction',
    means: 'the archive does not take down who is to be left alone',
    breaks: ['imocloud-12-no-minors'],
    apply: (stack) =>
      alter(
        stack,
        'transcripts',
        `create function lose() returns trigger language plpgsql as $$ begin return null; end $$;
         create trigger lose before insert on restrictions for each row execute function lose()`,
      ),
  },
  {
    name: 'requests passed on',
    means: 'no business is told that it is concerned',
    breaks: ['chatinbox-14-direct-request-with-notice'],
    replace: {
      module: 'services/privacy/src/domain/requests/pass-on.ts',
      from: 'if (!part) return',
      to: 'return',
    },
  },
  {
    name: 'withdrawal of consent',
    means: 'taking consent back changes nothing',
    breaks: ['imocloud-06-consent-withdrawal'],
    replace: {
      module: 'services/privacy/src/domain/consent/withdraw-consent.ts',
      from: 'withdrawn.length === 0',
      to: 'true',
    },
  },
]

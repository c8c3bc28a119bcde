import type { ServiceName } from '@candor/contracts/callers'
import type { ClauseId } from '@candor/policy/packs'
import pg from 'pg'
import type { Stack } from '../../stack.ts'
import type { Replacement } from './replace-source.ts'

/**
 * One enforcement each, switched off from outside: in the databases, or by taking a line out of a module as it is loaded.
 * What `breaks` names must be seen broken then, and nothing else.
 */
export const sabotages: readonly Sabotage[] = [
  {
    name: 'sweeps',
    means: 'another session holds the locks of all sweeps',
    breaks: [
      'imbachat-10-marketing-preference',
      'imbachat-11-cookie-13-months',
      'imsupporting-14-chat-12-months',
      'chatsphere-06-delete-or-anonymise',
    ],
    apply: async (stack, held) => {
      for (const { superuserUrl } of Object.values(stack.databases)) {
        const session = new pg.Client(superuserUrl)
        await session.connect()
        held.defer(() => session.end())
        await session.query(
          `select pg_advisory_lock(7003, hashtext(relname)) from pg_class
           where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
        )
      }
    },
  },
  {
    name: 'retention to the end',
    means: 'notices are stored with a month less for conversations of imsupporting',
    breaks: ['imsupporting-14-chat-12-months'],
    apply: (stack) =>
      alterNotices(
        stack,
        'imsupporting',
        `new.policy := jsonb_set(jsonb_set(new.policy, '{categories,conversation,retention,period}', '{"months": 11}'),
           '{categories,contact-details,retention,period}', '{"months": 11}')`,
      ),
  },
  {
    name: 'receipts of retention',
    means: 'services tell privacy of nothing that went',
    breaks: ['chatsphere-06-delete-or-anonymise'],
    replace: {
      module: 'packages/service/src/report-disposals.ts',
      from: 'if (today === toldOn) return',
      to: 'return',
    },
  },
  {
    name: 'figures that lead to nobody',
    means: 'their time is not that of a day',
    breaks: ['chatsphere-06-delete-or-anonymise'],
    apply: (stack) =>
      run(stack, 'transcripts', `alter table chat_days add column at timestamptz not null default now()`),
  },
  {
    name: 'a file whole or not at all',
    means: 'bad lines are passed over, and the others taken',
    breaks: ['chatinbox-13-controller-decides'],
    replace: {
      module: 'services/chat/src/domain/add-contacts.ts',
      from: '  if (refused.length > 0) return { refused, added: 0, known: 0 }\n',
      to: '',
    },
  },
  {
    name: 'merged contacts',
    means: 'what came by the contact that was merged is not moved',
    breaks: ['chatsphere-01-contact-data'],
    replace: {
      module: 'services/transcripts/src/domain/follow-contact.ts',
      from: '  await moveToContact(trx, tenantId, { contactId, formerId })\n',
      to: '',
    },
  },
  {
    name: 'end of the evidence log',
    means: 'deleting from it does nothing',
    breaks: ['imsupporting-14-chat-12-months', 'imsupporting-16-evidence-log'],
    apply: (stack) =>
      run(stack, 'privacy', 'create rule stays as on delete to evidence_log do instead nothing'),
  },
  {
    name: 'end of the security log',
    means: 'deleting from it does nothing',
    breaks: ['chatinbox-03-security-log-60-days'],
    apply: (stack) =>
      run(stack, 'identity', 'create rule stays as on delete to security_log do instead nothing'),
  },
  {
    name: 'words before forms',
    means: 'the chat is not told what it asks for',
    breaks: ['imsupporting-01-website-statistics'],
    replace: {
      module: 'services/identity/src/domain/start-visitor-session.ts',
      from: "whyAsked(categories['contact-details'].purposes, language ?? 'en')",
      to: "''",
    },
  },
  {
    name: 'privacy signals',
    means: 'notices are stored with both signals ignored',
    breaks: ['chatinbox-02-dnt-honoured'],
    apply: (stack) =>
      alterNotices(
        stack,
        'chatinbox',
        `new.policy := jsonb_set(new.policy, '{signals}', '{"doNotTrack": "ignored", "globalPrivacyControl": "ignored"}')`,
      ),
  },
  {
    name: 'tenant isolation',
    means: 'a policy lets everybody see all transcripts',
    breaks: ['chatinbox-09-tenant-isolation'],
    apply: (stack) => run(stack, 'transcripts', 'create policy leak on transcripts for select using (true)'),
  },
  {
    name: 'announcement of notices',
    means: 'what is to be announced is not taken down',
    breaks: ['imbachat-15-notice-change'],
    apply: (stack) =>
      run(stack, 'privacy', 'create rule lost as on insert to announcements_due do instead nothing'),
  },
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
    name: 'purposes',
    means: 'a purpose that differs from the declared one is let through',
    breaks: ['imsupporting-13-never-sold', 'chatsphere-03-purposes'],
    replace: {
      module: 'packages/rpc/src/admit.ts',
      from: 'if (stated !== null && stated !== purpose)',
      to: 'if (false)',
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
    name: 'briefing',
    means: 'who is overdue is let in',
    breaks: ['imbachat-17-awareness'],
    replace: {
      module: 'packages/rpc/src/admit.ts',
      from: "caller.isUnbriefed && purpose !== 'run-account'",
      to: 'false',
    },
  },
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
    name: 'masking',
    means: 'the guard finds nothing',
    breaks: ['imbachat-06-card-at-provider', 'imocloud-02-no-sensitive-data'],
    replace: {
      module: 'services/chat/src/guard/mask-text.ts',
      from: 'if (places.length === 0) return',
      to: 'if (places.length >= 0) return',
    },
  },
  {
    name: 'consent to offers',
    means: 'campaigns go to every address that has a preference',
    breaks: ['imbachat-04-marketing'],
    replace: {
      module: 'services/privacy/src/domain/marketing/send-mailing.ts',
      from: '({ offers, confirmedAt }) => offers && confirmedAt',
      to: '() => true',
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
    name: 'audit log',
    means: 'no call leaves a fact',
    breaks: ['chatinbox-01-people', 'chatsphere-05-access-control'],
    replace: {
      module: 'packages/service/src/audit-facts.ts',
      from: "if (!('tenantId' in caller)) return undefined",
      to: 'if (true) return undefined',
    },
  },
  {
    name: 'agreements',
    means: 'an account enters none',
    breaks: ['chatinbox-15-dpa'],
    apply: (stack) => run(stack, 'privacy', 'create rule lost as on insert to agreements do instead nothing'),
  },
]

export interface Sabotage {
  readonly name: string
  /** By what it is switched off. */
  readonly means: string
  readonly breaks: readonly ClauseId[]
  readonly replace?: Replacement
  /** Done to the platform before anybody uses it. */
  readonly apply?: (stack: Stack, held: AsyncDisposableStack) => Promise<void>
}

async function run(stack: Stack, service: ServiceName, text: string): Promise<void> {
  const client = new pg.Client(stack.databases[service].superuserUrl)
  await client.connect()
  await client.query(text)
  await client.end()
}

/** From now on notices of a pack are stored with something else than was published. */
function alterNotices(stack: Stack, pack: string, change: string): Promise<void> {
  return run(
    stack,
    'privacy',
    `create function alter_notice() returns trigger language plpgsql as $$
     begin if new.pack = '${pack}' then ${change}; end if; return new; end $$;
     create trigger alter_notice before insert on notice_versions for each row execute function alter_notice()`,
  )
}

import pg from 'pg'
import { alter, alterNotices } from '../sabotage.ts'
import type { Sabotage } from '../sabotage.ts'

/** What goes when its time has come, not earlier, and not later. */
export const retention: readonly Sabotage[] = [
  {
    name: 'sweeps',
    means: 'another session holds the locks of all sweeps',
    breaks: [
      'imbachat-10-marketing-preference',
      'imbachat-11-cookie-13-months',
      'imsupporting-07-phone-and-social',
      'imsupporting-08-mail-two-years',
      'imsupporting-14-chat-12-months',
      'imsupporting-17-anonymous-statistics',
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
    breaks: ['imsupporting-07-phone-and-social', 'imsupporting-14-chat-12-months'],
    apply: (stack) =>
      alterNotices(
        stack,
        'imsupporting',
        `new.policy := jsonb_set(jsonb_set(new.policy, '{categories,conversation,retention,period}', '{"months": 11}'),
           '{categories,contact-details,retention,period}', '{"months": 11}')`,
      ),
  },
  {
    name: 'periods by channel',
    means: 'notices of imsupporting are stored with one period for all channels',
    breaks: ['imsupporting-08-mail-two-years'],
    apply: (stack) =>
      alterNotices(
        stack,
        'imsupporting',
        `new.policy := jsonb_set(new.policy, '{categories,conversation,retention,byChannel}', '{}')`,
      ),
  },
  {
    name: 'what tax law keeps',
    means: 'notices of imsupporting are stored with a year less for purchases',
    breaks: ['imsupporting-18-purchase-records'],
    apply: (stack) =>
      alterNotices(
        stack,
        'imsupporting',
        `new.policy := jsonb_set(new.policy, '{categories,purchase-records,retention,period}', '{"years": 5}')`,
      ),
  },
  {
    name: 'what outlives an account',
    means: 'with a business goes also what a law keeps',
    breaks: ['imbachat-09-account-retention'],
    replace: {
      module: 'packages/personal-data/src/tenant-remains.ts',
      from: 'const stay = stayOf(map.tables[table]!)',
      to: 'const stay = undefined',
    },
  },
  {
    name: 'end of an account',
    means: 'transcripts stay when a business closes its account',
    breaks: ['imbachat-09-account-retention', 'imocloud-10-lifetime-retention'],
    replace: {
      module: 'packages/personal-data/src/erase-tenant.ts',
      from: 'if (held.has(table)) continue',
      to: "if (held.has(table) || table === 'transcripts') continue",
    },
  },
  {
    name: 'ledger of erasures',
    means: 'a restored database takes every erasure for done',
    breaks: ['imocloud-11-anonymise-or-isolate'],
    replace: {
      module: 'packages/personal-data/src/erase-again.ts',
      from: 'if (await isErased(db, entry.id)) return false',
      to: 'if (true) return false',
    },
  },
  {
    name: 'end of the evidence log',
    means: 'deleting from it does nothing',
    // What ended with its chat or its mail is sought everywhere, and this log has a line of each.
    breaks: [
      'imsupporting-08-mail-two-years',
      'imsupporting-14-chat-12-months',
      'imsupporting-16-evidence-log',
      'imsupporting-17-anonymous-statistics',
    ],
    apply: (stack) =>
      alter(stack, 'privacy', 'create rule stays as on delete to evidence_log do instead nothing'),
  },
  {
    name: 'end of the security log',
    means: 'deleting from it does nothing',
    breaks: ['chatinbox-03-security-log-60-days'],
    apply: (stack) =>
      alter(stack, 'identity', 'create rule stays as on delete to security_log do instead nothing'),
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
      alter(stack, 'transcripts', `alter table chat_days add column at timestamptz not null default now()`),
  },
]

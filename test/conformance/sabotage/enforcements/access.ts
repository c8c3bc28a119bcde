import { alter } from '../sabotage.ts'
import type { Sabotage } from '../sabotage.ts'

/** Who is let at what, and what is known of it afterwards. */
export const access: readonly Sabotage[] = [
  {
    name: 'tenant isolation',
    means: 'a policy lets everybody see all transcripts',
    breaks: ['chatinbox-09-tenant-isolation'],
    apply: (stack) =>
      alter(stack, 'transcripts', 'create policy leak on transcripts for select using (true)'),
  },
  {
    name: 'roles',
    means: 'who is on the staff is let at everything',
    breaks: [
      'imsupporting-12-law-enforcement',
      'imsupporting-16-evidence-log',
      'chatinbox-08-legal-disclosure',
      'chatinbox-13-controller-decides',
      'chatsphere-01-contact-data',
      'chatsphere-05-access-control',
      'chatsphere-06-delete-or-anonymise',
      'chatsphere-09-client-is-controller',
    ],
    replace: {
      module: 'packages/rpc/src/admit.ts',
      from: 'if (row.access.includes(callerKind(authentication.caller)))',
      to: "if (row.access.includes(callerKind(authentication.caller)) || authentication.caller.kind === 'staff')",
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
    name: 'end of invitations',
    means: 'a link works however old it is',
    breaks: ['chatinbox-04-account-data'],
    replace: {
      module: 'services/identity/src/domain/accept-invitation.ts',
      from: 'if (invitation.expiresAt <= deps.clock.now().toISOString())',
      to: 'if (false)',
    },
  },
  {
    name: 'names that follow',
    means: 'nobody hears of a member of staff who has another name, or none',
    breaks: ['imocloud-05-accuracy', 'chatsphere-08-deactivate-or-delete'],
    replace: {
      module: 'services/identity/src/domain/announce-staff-changed.ts',
      from: '  await appendEvent(trx,',
      to: '  if (false) await appendEvent(trx,',
    },
  },
  {
    name: 'free trial',
    means: 'a business starts on a plan to pay for',
    breaks: ['imsupporting-21-web-only-free-trial'],
    replace: {
      module: 'services/billing/src/domain/subscription.ts',
      from: '    plan: getPlan(term.planId),',
      to: "    plan: getPlan('starter'),",
    },
  },
]

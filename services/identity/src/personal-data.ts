import { mailTablesMap } from '@candor/mail/data-map'
import { dataMap, keep, personal, published, technicalTable, unlinked } from '@candor/personal-data/data-map'
import { eventTablesMap } from '@candor/personal-data/event-tables'
import { staffAccountReason } from '@candor/policy/categories'

const ofStaff = personal('staff-account', { of: 'staff', onErasure: keep(staffAccountReason) })
const ofInvited = personal('staff-account', { of: 'staff', onErasure: 'delete' })
const ofVisitor = personal('visitor-session', { of: 'visitor', onErasure: 'delete' })

const security = unlinked(
  'security-log',
  'Joined with nothing, so nobody can be found in it; it ends with its period (GDPR article 11)',
)

/** Every column the identity service stores, and whose it is. */
export const identityData = dataMap('identity', {
  ...eventTablesMap,
  ...mailTablesMap,
  // What identity announces is about staff; it goes with the outbox, after a week.
  outbox: {
    ...eventTablesMap.outbox!,
    subjects: { staff: { by: { userIds: 'subject_id' } } },
    columns: {
      ...eventTablesMap.outbox!.columns,
      subject_id: ofStaff,
      stream_key: ofStaff,
      payload: ofStaff,
    },
  },
  tenants: {
    tenant: 'id',
    columns: {
      ...technicalTable('id', 'widget_key', 'country', 'created_at', 'closed_at', 'is_only').columns,
      name: published('The name under which the business trades'),
      slug: published('Its name in addresses'),
    },
  },
  users: {
    subjects: { staff: { by: { userIds: 'id', emails: 'email' } } },
    lives: 'as long as the account',
    foundByAddress: true,
    columns: {
      // The hash of a password is no answer to anyone, so it is not exported.
      ...technicalTable('tenant_id', 'password_hash', 'ended_at').columns,
      id: ofStaff,
      email: ofStaff,
      name: { ...ofStaff, corrects: 'name' },
      role: ofStaff,
      created_at: ofStaff,
      briefed_at: ofStaff,
    },
  },
  invitations: {
    subjects: { staff: { by: { emails: 'email' } } },
    clock: 'expires_at',
    after: { period: { days: 30 }, because: 'until then one can see that an invitation was not taken' },
    columns: {
      ...technicalTable('id', 'tenant_id', 'token_hash').columns,
      email: ofInvited,
      role: ofInvited,
      created_at: ofInvited,
      expires_at: ofInvited,
    },
  },
  sessions: {
    subjects: { visitor: { by: { visitorIds: 'visitor_id' } }, staff: { by: { userIds: 'user_id' } } },
    clock: 'used_at',
    record: 'visitor-session',
    columns: {
      ...technicalTable('id', 'tenant_id', 'expires_at', 'revoked_at').columns,
      user_id: ofStaff,
      visitor_id: ofVisitor,
      created_at: ofVisitor,
      used_at: ofVisitor,
    },
  },
  refresh_tokens: {
    subjects: { visitor: { through: 'sessions', column: 'session_id', key: 'id' } },
    expires: { table: 'sessions', column: 'session_id', key: 'id' },
    columns: {
      ...technicalTable('hash', 'tenant_id', 'session_id', 'used_at').columns,
      created_at: ofVisitor,
    },
  },
  ended_sessions: {
    tenant: null,
    lives: 'A quarter of an hour',
    ...technicalTable('session_id', 'at', 'role'),
  },
  signing_keys: technicalTable('id', 'public_key', 'sealed_private_key', 'created_at', 'retired_at'),
  root_keys: technicalTable('key_id', 'sealed', 'created_at'),
  // Its rows name no tenant, so no tenant's rules are looked up for them: each carries the moment it goes.
  security_log: {
    tenant: null,
    lives: 'Until the moment each row carries',
    columns: {
      ...technicalTable('id', 'expires_at', 'what', 'outcome').columns,
      seen_at: security,
      address: security,
      device: security,
    },
  },
  guesses: technicalTable('key', 'count', 'blocked_until', 'expires_at'),
})

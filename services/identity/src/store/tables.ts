import type { Role } from '@candor/contracts/callers'
import type { EventTables } from '@candor/events/tables'
import type { MailTables } from '@candor/mail/tables'
import type { Generated } from 'kysely'

/** The identity service's tables. */
export interface Database extends EventTables, MailTables {
  tenants: TenantsTable
  users: UsersTable
  invitations: InvitationsTable
  sessions: SessionsTable
  ended_sessions: EndedSessionsTable
  refresh_tokens: RefreshTokensTable
  signing_keys: SigningKeysTable
  guesses: GuessesTable
  security_log: SecurityLogTable
}

interface TenantsTable {
  id: string
  name: string
  slug: string
  widget_key: string
  country: string
  created_at: Date
  /** Since when its account is closed, until its last row is gone. */
  closed_at: Date | null
  /** Where the installation takes no other. */
  is_only: true | null
}

interface UsersTable {
  id: string
  tenant_id: string
  email: string
  name: string
  role: Role
  password_hash: string
  created_at: Date
  /** Since when the account is closed to its holder; its name stays for the conversations it answered. */
  ended_at: Date | null
  /** When they last acknowledged the privacy briefing. */
  briefed_at: Date | null
}

interface InvitationsTable {
  id: string
  tenant_id: string
  email: string
  role: 'admin' | 'agent'
  token_hash: string
  created_at: Date
  expires_at: Date
}

interface SessionsTable {
  id: string
  tenant_id: string
  user_id: string | null
  visitor_id: string | null
  created_at: Date
  used_at: Date
  /** However often it is renewed, a session ends here. */
  expires_at: Date
  revoked_at: Date | null
}

/** For as long as tokens of it may still be shown. It names no tenant: every service asks for all of them at once. */
interface EndedSessionsTable {
  session_id: string
  at: Date
  /** Null: it is over. */
  role: Role | null
}

/** Every token a session ever had: one that comes back after its use gives a thief away. */
interface RefreshTokensTable {
  hash: string
  tenant_id: string
  session_id: string
  created_at: Date
  used_at: Date | null
}

interface SigningKeysTable {
  id: string
  public_key: string
  sealed_private_key: Buffer
  created_at: Date
  /** Since when it verifies nothing any more. */
  retired_at: Date | null
}

/** No id in it stands anywhere else. */
interface SecurityLogTable {
  id: Generated<string>
  seen_at: Date
  expires_at: Date
  /** The procedure. */
  what: string
  outcome: string
  address: string
  device: string | null
}

interface GuessesTable {
  /** A keyed hash of what is counted, so that no address stands here. */
  key: string
  count: number
  blocked_until: Date
  expires_at: Date
}

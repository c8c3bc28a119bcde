import type { ServiceName } from '@candor/contracts/callers'
import { services } from '@candor/contracts/callers'
import type { Check, Complaint } from '@candor/runtime/check-up'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** That the service comes as its own role, which reads and writes rows of its own database and may do nothing else. */
export function rolesCheck(
  db: Kysely<any>,
  service: ServiceName,
  { DATABASE_POOL_SIZE }: { DATABASE_POOL_SIZE: number },
): Check {
  return {
    name: 'database role',
    needs: 'database',
    async look() {
      const others = services.filter((other) => other !== service).map((other) => `candor_${other}`)
      const { rows } = await sql<Facts>`
        select current_user as role,
          (select rolsuper from pg_roles where rolname = current_user) as super,
          (select rolbypassrls from pg_roles where rolname = current_user) as bypass,
          (select rolcreatedb or rolcreaterole from pg_roles where rolname = current_user) as admin,
          (select rolconnlimit from pg_roles where rolname = current_user) as connections,
          has_schema_privilege('public', 'create') as ddl,
          (select count(*) from pg_tables where schemaname = 'public' and tableowner = current_user) as owned,
          (select count(*) from pg_tables where schemaname = 'public'
            and has_table_privilege(quote_ident(schemaname) || '.' || quote_ident(tablename), 'truncate')) as truncatable,
          array(select datname::text from pg_database
            where datname = any(${others}::text[]) and has_database_privilege(oid, 'connect')) as elsewhere`.execute(
        db,
      )
      const facts = rows[0]!
      return {
        found: `${facts.role}${facts.connections < 0 ? '' : `, ${facts.connections} connections at most`}`,
        wrong: complaints(facts, service, DATABASE_POOL_SIZE),
      }
    },
  }
}

function complaints(facts: Facts, service: ServiceName, poolSize: number): Complaint[] {
  const { role, connections } = facts
  const expected = `${service}_app`
  const isExpected = role === expected || role === `${expected}_next`
  const mayTooMuch = [
    facts.super && 'is a superuser',
    facts.bypass && 'passes over row-level security',
    facts.admin && 'may create databases or roles',
    facts.ddl && 'may create tables',
    facts.truncatable > 0 && `may empty ${facts.truncatable} tables at once`,
  ].filter((each) => typeof each === 'string')
  return [
    ...(isExpected
      ? []
      : [
          {
            what: `this is the role ${role}`,
            toDo: `Give the service the address of ${expected} as DATABASE_URL.`,
          },
        ]),
    ...mayTooMuch.map((what) => ({
      what: `${role} ${what}`,
      toDo: `Run the provisioning job again, which takes that away, and give the service the address of ${expected}.`,
    })),
    ...(facts.owned > 0
      ? [
          {
            what: `${role} owns ${facts.owned} tables`,
            toDo: `Each is to be ${service}_owner's: alter table ... owner to ${service}_owner, and grant ${role} to read and write its rows.`,
          },
        ]
      : []),
    ...facts.elsewhere.map((database) => ({
      what: `${role} may connect to ${database}`,
      toDo: `Run the provisioning job again, and if it may still: revoke connect on database ${database} from ${role}.`,
    })),
    ...(connections >= 0 && connections < poolSize
      ? [
          {
            what: `one pod's pool takes ${poolSize} connections, and ${role} may have ${connections} in all`,
            toDo: `Lower DATABASE_POOL_SIZE, or raise ${service.toUpperCase()}_CONNECTIONS_MAX for the provisioning job.`,
          },
        ]
      : []),
  ]
}

interface Facts {
  role: string
  super: boolean
  bypass: boolean
  admin: boolean
  /** -1 where there is no limit. */
  connections: number
  ddl: boolean
  owned: number
  truncatable: number
  elsewhere: string[]
}

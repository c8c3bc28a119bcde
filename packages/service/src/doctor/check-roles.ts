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
  const mayTooMuch = [
    facts.super && 'is a superuser',
    facts.bypass && 'passes over row-level security',
    facts.admin && 'may create databases or roles',
    facts.ddl && 'may create tables',
    facts.owned > 0 && `owns ${facts.owned} tables`,
    facts.truncatable > 0 && `may empty ${facts.truncatable} tables at once`,
    facts.elsewhere.length > 0 && `may connect to ${facts.elsewhere.join(', ')}`,
  ].filter((each) => typeof each === 'string')
  return [
    ...(role === expected
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

import { roles } from '@candor/contracts/callers'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startStack } from '../stack.ts'
import type { Stack } from '../stack.ts'
import { askWithIdsOf } from './ask-with-ids-of.ts'
import { everyPublicProcedure } from './every-procedure.ts'
import { furnishTenant } from './tenants.ts'
import type { Tenant } from './tenants.ts'

let stack: Stack
let mine: Tenant
let theirs: Tenant
let before: Record<string, string>
beforeAll(async () => {
  stack = await startStack()
  mine = await furnishTenant(stack, 'mineA')
  theirs = await furnishTenant(stack, 'canaryB')
  before = await fingerprints()
})
afterAll(() => stack[Symbol.asyncDispose]())

const insiders = [...roles, 'visitor', 'subject'] as const

/** The one ends the probing session; the other counts a wrong proof against its request, whoever sends it. */
const probed = everyPublicProcedure.filter(({ name }) => !['signOut', 'proveIdentity'].includes(name))

describe.each(probed)("$service $name with another tenant's ids", ({ service, name, procedure }) => {
  const callers = insiders.filter(
    (who) => procedure.access.includes(who) || procedure.access.includes('anyone'),
  )
  test.each(callers)('tells and changes nothing for %s', async (who) => {
    const answers = await askWithIdsOf(theirs, { url: stack.url, service, name, procedure, who, mine })
    for (const { answer, isAsked } of answers) {
      expect(answer.text).not.toContain('canaryB')
      expect(answer.status).toBeLessThan(500)
      if (isAsked) expect(['not-found', 'bad-credentials']).toContain(answer.error?.data.reason)
    }
  })
})

test('after all probes not a row of the other tenant has changed', async () => {
  expect(await fingerprints()).toEqual(before)
})

test('the database itself shows a tenant no row of another, whatever the query asks for', async () => {
  for (const [service, database] of Object.entries(stack.databases)) {
    const pool = new pg.Pool({ connectionString: database.appUrl, max: 1 })
    await using db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
    for (const table of await protectedTables(db)) {
      const seen = await db.transaction().execute(async (trx) => {
        await sql`select set_config('app.tenants', ${mine.ids.tenantId}, true)`.execute(trx)
        const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(
          trx,
        )
        return rows.filter(({ row }) => row.includes('canaryB') || row.includes(theirs.ids.tenantId))
      })
      expect(seen, `${service}.${table}`).toEqual([])
      const { rows: unnamed } = await sql`select from ${sql.table(table)}`.execute(db)
      expect(unnamed, `${service}.${table} without a tenant`).toEqual([])
    }
  }
})

test('the same visitor at two tenants shares no identifier', async () => {
  const idsOf = (tenant: Tenant) => [
    tenant.ids.conversationId,
    tenant.ids.contactId,
    tenant.tokens.visitor.split('.')[1],
  ]
  expect(idsOf(mine).filter((id) => idsOf(theirs).includes(id))).toEqual([])
})

async function protectedTables(db: Kysely<unknown>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relforcerowsecurity`.execute(
    db,
  )
  return rows.map(({ name }) => name)
}

/**
 * A digest of all rows of the other tenant, by service and table. Its audit log is left out: it tells what the tenant
 * itself did, and some of that a moment later.
 */
async function fingerprints(): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [service, database] of Object.entries(stack.databases)) {
    const pool = new pg.Pool({ connectionString: database.superuserUrl, max: 1 })
    await using db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
    for (const table of await protectedTables(db)) {
      if (table.startsWith('audit_')) continue
      const { rows } = await sql<{ digest: string | null }>`
        select md5(string_agg(t::text, '|' order by t::text)) as digest from ${sql.table(table)} t
        where t::text like ${`%${theirs.ids.tenantId}%`}`.execute(db)
      found[`${service}.${table}`] = rows[0]!.digest ?? ''
    }
  }
  return found
}

import { randomUUID } from 'node:crypto'
import type { CategoryId } from '@candor/contracts/policy/categories'
import type { Period } from '@candor/contracts/policy/period'
import type { CategoryRule, Policy, Retention } from '@candor/contracts/policy/policy'
import type { LegalHold, TenantRules } from '@candor/contracts/policy/tenant-rules'
import { eventTables } from '@candor/events/migration'
import { dataMap, personal, technicalTable } from '@candor/personal-data/data-map'
import { eventTablesMap } from '@candor/personal-data/event-tables'
import type { RetentionRules } from '@candor/personal-data/retention-rules'
import { firstVersion, rulesInForce } from '@candor/policy/in-force'
import { candor } from '@candor/policy/packs/candor'
import { letSweep } from '@candor/personal-data/sweep-access'
import { disposalTables } from '@candor/personal-data/disposals-migration'
import { sweepTables } from '@candor/personal-data/sweep-migration'
import { sweep } from '@candor/personal-data/sweep'
import type { SweepOptions } from '@candor/personal-data/sweep'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import type { NamedMigration } from '@candor/runtime/migrate'
import { connectPostgres } from '@candor/runtime/postgres'
import { protectTenantTable } from '@candor/runtime/protect'
import { asTenant } from '@candor/runtime/tenancy'
import { movableClock } from '@candor/testing/movable-clock'
import { createTestDatabase } from '@candor/testing/test-database'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

const clubTables: NamedMigration = {
  name: '20261122T1010-club',
  up: async (db) => {
    for (const columns of [
      'members (id uuid, tenant_id uuid, visitor_id uuid not null, name text, updated_at timestamptz not null, primary key (tenant_id, id))',
      'talks (id uuid, tenant_id uuid, member_id uuid, channel text not null, page text, topic text, updated_at timestamptz not null, closed_at timestamptz, primary key (tenant_id, id), foreign key (tenant_id, member_id) references members (tenant_id, id) on delete cascade)',
      'words (id uuid, tenant_id uuid, talk_id uuid, text text not null, primary key (tenant_id, id))',
      'visits (id uuid, tenant_id uuid, visitor_id uuid, at timestamptz, primary key (tenant_id, id))',
    ]) {
      await sql.raw(`create table ${columns}`).execute(db)
      const table = columns.split(' ')[0]!
      await protectTenantTable(db, table, table === 'members' ? { hiddenBy: 'visitor_id' } : {})
    }
    await letSweep(db, 'members', 'talks', 'visits')
  },
}

const visitorRow = { of: 'visitor', onErasure: 'delete' } as const

/** A club whose tables expire in every way a map can say. */
export const clubData = dataMap('club', {
  ...eventTablesMap,
  members: {
    subjects: { visitor: { by: { visitorIds: 'visitor_id' } } },
    clock: 'updated_at',
    keptBy: { table: 'talks', column: 'member_id', key: 'id' },
    emptied: { name: 'null' },
    columns: {
      ...technicalTable('id', 'tenant_id', 'updated_at').columns,
      visitor_id: personal('contact-details', visitorRow),
      name: personal('contact-details', visitorRow),
    },
  },
  talks: {
    subjects: { visitor: { through: 'members', column: 'member_id', key: 'id' } },
    clock: ['closed_at', 'updated_at'],
    record: 'conversation',
    channel: 'channel',
    emptied: { page: 'null', topic: 'null' },
    columns: {
      ...technicalTable('id', 'tenant_id', 'member_id', 'channel', 'updated_at', 'closed_at').columns,
      page: personal('usage-facts', visitorRow),
      topic: personal('conversation', visitorRow),
    },
  },
  words: {
    subjects: { visitor: { through: 'talks', column: 'talk_id', key: 'id' } },
    expires: { table: 'talks', column: 'talk_id', key: 'id' },
    emptied: { text: 'word' },
    columns: {
      ...technicalTable('id', 'tenant_id', 'talk_id').columns,
      text: personal('conversation', visitorRow),
    },
  },
  visits: {
    subjects: { visitor: { by: { visitorIds: 'visitor_id' } } },
    clock: 'at',
    columns: {
      ...technicalTable('id', 'tenant_id', 'at').columns,
      visitor_id: personal('cookie-yield', visitorRow),
    },
  },
})

/** Twelve months for everything but visits (30 days) and talks by mail (two years). */
export const usualPolicy = policyOf({
  'contact-details': { months: 12 },
  conversation: { months: 12, byMail: { years: 2 } },
  'usage-facts': { months: 12 },
  'cookie-yield': { days: 30 },
})

export function policyOf(periods: Record<string, Period & { byMail?: Period; yearEnd?: string }>): Policy {
  const forever = Object.entries(candor.policy.categories).map(([id, rule]) => [id, lasting(rule, {})])
  const given = Object.entries(periods).map(([id, { byMail, yearEnd, ...period }]) => {
    const life = { period, ...(byMail ? { byChannel: { mail: byMail } } : {}), yearEnd: yearEnd ?? null }
    return [id, lasting(candor.policy.categories[id as CategoryId], life)]
  })
  return { ...candor.policy, categories: Object.fromEntries([...forever, ...given]) }
}

function lasting(rule: CategoryRule, life: Partial<Retention>): CategoryRule {
  const retention = { period: null, byChannel: {}, yearEnd: null, disposition: 'delete', ...life } as const
  return { ...rule, retention }
}

export async function openClub() {
  const stack = new AsyncDisposableStack()
  const database = stack.use(
    await createTestDatabase({
      service: 'club',
      migrations: [eventTables, sweepTables, disposalTables, clubTables],
    }),
  )
  const log = createLogger({ service: 'club', level: process.env.TEST_LOG ?? 'silent' })
  const pool = (url: string): Kysely<any> => {
    const db = connectPostgres<any>({ url, poolSizeMax: 5, log, metrics: createMetrics('club') })
    stack.defer(() => db.destroy())
    return db
  }
  const db = pool(database.appUrl)
  const clock = movableClock('2026-11-21T12:00:00.000Z')
  const published = new Map<string, TenantRules>()
  const rules: RetentionRules = {
    of: async (tenantId) =>
      rulesInForce(tenantId, published.get(tenantId) ?? rulesOf(tenantId, usualPolicy, []), clock.now()),
  }
  const options = { db, map: clubData, rules, clock, log, rest: 0, signal: new AbortController().signal }
  return {
    db,
    database,
    clock,
    rules,
    options,
    superuser: pool(database.superuserUrl),
    /** What a tenant's notice says from now on. */
    setRules: (tenantId: string, policy: Policy, holds: Omit<LegalHold, 'id'>[] = []) =>
      void published.set(tenantId, rulesOf(tenantId, policy, holds)),
    sweep: (more: Partial<SweepOptions> = {}) => sweep({ ...options, ...more }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

function rulesOf(tenantId: string, policy: Policy, holds: Omit<LegalHold, 'id'>[]): TenantRules {
  const version = { ...firstVersion, effectiveAt: '2020-01-01T00:00:00.000Z', policy }
  return {
    tenantId,
    revision: 1,
    versions: [version],
    holds: holds.map((hold) => ({ id: randomUUID(), ...hold })),
  }
}

export type Club = Awaited<ReturnType<typeof openClub>>

export async function addMember(
  { db, clock }: Pick<Club, 'db' | 'clock'>,
  tenantId: string,
  at: Date = clock.now(),
): Promise<string> {
  const id = randomUUID()
  const row = { id, tenant_id: tenantId, visitor_id: randomUUID(), name: 'Ada', updated_at: at }
  await asTenant(db, tenantId, (trx) => trx.insertInto('members').values(row).execute())
  return id
}

/** A talk of two words; still open without `closedAt`. */
export async function addTalk(
  { db, clock }: Pick<Club, 'db' | 'clock'>,
  tenantId: string,
  talk: { memberId: string; updatedAt?: Date; closedAt?: Date | null; channel?: string },
): Promise<string> {
  const id = randomUUID()
  const { memberId, updatedAt = clock.now(), closedAt = null, channel = 'chat' } = talk
  await asTenant(db, tenantId, async (trx) => {
    await trx
      .insertInto('talks')
      .values({
        id,
        tenant_id: tenantId,
        member_id: memberId,
        channel,
        page: '/shop',
        topic: 'tea',
        updated_at: updatedAt,
        closed_at: closedAt,
      })
      .execute()
    const words = ['hello', 'bye'].map((text) => ({
      id: randomUUID(),
      tenant_id: tenantId,
      talk_id: id,
      text,
    }))
    await trx.insertInto('words').values(words).execute()
  })
  return id
}

export async function addVisit({ db }: Pick<Club, 'db'>, tenantId: string, at: Date): Promise<void> {
  const row = { id: randomUUID(), tenant_id: tenantId, visitor_id: randomUUID(), at }
  await asTenant(db, tenantId, (trx) => trx.insertInto('visits').values(row).execute())
}

/** How many rows of each table a tenant has. */
export function countRows({ superuser }: Pick<Club, 'superuser'>, tenantId: string) {
  return Promise.all(
    ['members', 'talks', 'words', 'visits'].map(async (table) => {
      const { rows } = await sql<{ n: number }>`
        select count(*) as n from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(superuser)
      return [table, rows[0]!.n] as const
    }),
  ).then((counts) => Object.fromEntries(counts) as Record<'members' | 'talks' | 'words' | 'visits', number>)
}

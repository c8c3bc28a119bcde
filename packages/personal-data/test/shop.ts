import { randomUUID } from 'node:crypto'
import type { CorrectableField, Processing, SubjectRef } from '@candor/contracts/data-holder'
import type { LegalHold } from '@candor/contracts/policy/tenant-rules'
import { ledgerPosition } from '@candor/events/ledger-migration'
import { eventTables } from '@candor/events/migration'
import { restrictionTables } from '@candor/events/restriction-migration'
import { tenantRules } from '@candor/events/rules-migration'
import { dataHolderHandlers } from '@candor/personal-data/data-holder-handlers'
import { dataMap, keep, personal, technical, technicalTable } from '@candor/personal-data/data-map'
import { disposalTables } from '@candor/personal-data/disposals-migration'
import { eventTablesMap } from '@candor/personal-data/event-tables'
import { firstVersion, rulesInForce } from '@candor/policy/in-force'
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

const shopTables: NamedMigration = {
  name: '20261121T1010-shop',
  up: async (db) => {
    for (const columns of [
      'customers (id uuid primary key, tenant_id uuid not null, visitor_id uuid not null, name text, email text, phone text)',
      'orders (id uuid primary key, tenant_id uuid not null, customer_id uuid references customers, delivered_to text, paid_minor int)',
      'order_notes (id uuid primary key, tenant_id uuid not null, order_id uuid references orders, text text)',
      'reviews (id uuid primary key, tenant_id uuid not null, about uuid, text text, author_id uuid, author_name text not null)',
      'invoices (id uuid primary key, tenant_id uuid not null, visitor_id uuid, buyer text, terms text, memo text, issued_at timestamptz not null)',
    ]) {
      await sql.raw(`create table ${columns}`).execute(db)
      const table = columns.split(' ')[0]!
      await protectTenantTable(db, table, table === 'customers' ? { hiddenBy: 'visitor_id' } : {})
    }
    await sql`create table prices (product text primary key, minor int)`.execute(db)
  },
}

const restrictedShop = restrictionTables({
  restrictedBy: { customers: { person: 'visitor_id' } },
  foundByAddress: { customers: 'email' },
})

const visitorRow = { of: 'visitor', onErasure: 'delete' } as const
const taxLaw = keep('Tax law', { from: 'issued_at', years: 10 })
const contractual = keep('The guarantee runs')

/** A small shop whose tables know every kind of disposition. */
export const shopData = dataMap('shop', {
  ...eventTablesMap,
  customers: {
    lives: 'as long as somebody buys',
    emptied: { name: 'null', email: 'null', phone: 'null' },
    subjects: { visitor: { by: { visitorIds: 'visitor_id', emails: 'email' } } },
    foundByAddress: true,
    columns: {
      ...technicalTable('id', 'tenant_id').columns,
      visitor_id: personal('contact-details', visitorRow),
      name: personal('contact-details', { ...visitorRow, corrects: 'name' }),
      email: personal('contact-details', { ...visitorRow, corrects: 'email' }),
      phone: personal('contact-details', visitorRow),
    },
  },
  orders: {
    lives: 'as long as its customer',
    subjects: { visitor: { through: 'customers', column: 'customer_id', key: 'id' } },
    columns: {
      ...technicalTable('id', 'tenant_id', 'customer_id').columns,
      delivered_to: personal('contact-details', visitorRow),
      paid_minor: personal('usage-facts', visitorRow),
    },
  },
  order_notes: {
    lives: 'as long as its customer',
    subjects: { visitor: { through: 'orders', column: 'order_id', key: 'id' } },
    columns: {
      ...technicalTable('id', 'tenant_id', 'order_id').columns,
      text: personal('conversation', visitorRow),
    },
  },
  reviews: {
    lives: 'as long as its customer',
    subjects: { visitor: { by: { visitorIds: 'about' } }, staff: { by: { userIds: 'author_id' } } },
    columns: {
      ...technicalTable('id', 'tenant_id').columns,
      about: personal('conversation', { of: 'visitor', onErasure: 'null' }),
      text: personal('conversation', { of: 'visitor', onErasure: 'null' }),
      author_id: personal('staff-name', { of: 'staff', onErasure: 'null' }),
      author_name: personal('staff-name', { of: 'staff', onErasure: 'anonymise' }),
    },
  },
  invoices: {
    lives: 'as long as its customer',
    subjects: { visitor: { by: { visitorIds: 'visitor_id' } } },
    columns: {
      ...technicalTable('id', 'tenant_id', 'issued_at').columns,
      visitor_id: personal('purchase-records', { of: 'visitor', onErasure: taxLaw }),
      buyer: personal('purchase-records', { of: 'visitor', onErasure: taxLaw }),
      terms: personal('rights-requests', { of: 'visitor', onErasure: contractual }),
      memo: personal('conversation', { of: 'visitor', onErasure: 'null' }),
    },
  },
  prices: { tenant: null, columns: { product: technical, minor: technical } },
})

export const clock = movableClock('2026-11-21T12:00:00.000Z')

export async function openShop() {
  const stack = new AsyncDisposableStack()
  const database = stack.use(
    await createTestDatabase({
      service: 'shop',
      migrations: [eventTables, disposalTables, shopTables, tenantRules, restrictedShop, ledgerPosition],
    }),
  )
  const pool = (url: string): Kysely<any> => {
    const log = createLogger({ service: 'shop', level: 'silent' })
    const db = connectPostgres<any>({ url, poolSizeMax: 5, log, metrics: createMetrics('shop') })
    stack.defer(() => db.destroy())
    return db
  }
  const db = pool(database.appUrl)
  let holds: LegalHold[] = []
  const policies = {
    of: async (tenantId: string) => {
      const rules = { tenantId, revision: 1, versions: [firstVersion], holds }
      return rulesInForce(tenantId, rules, clock.now())
    },
  }
  return {
    db,
    policies,
    /** The holds of every tenant from now on. */
    setHolds: (next: LegalHold[]) => void (holds = next),
    /** Sees everything, as no service may. */
    superuser: pool(database.superuserUrl),
    holder: callable(dataHolderHandlers(shopData, { db, clock, policies })),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type Shop = Awaited<ReturnType<typeof openShop>>

/** The handlers take nothing of a call but its input. */
function callable(handlers: ReturnType<typeof dataHolderHandlers>) {
  const call = { timeoutMs: null } as never
  return {
    describe: () => handlers.describeData({}, call),
    locate: (subject: SubjectRef) => handlers.locateSubject({ subject }, call),
    export: (subject: SubjectRef) => handlers.exportSubject({ subject }, call),
    hide: (subject: SubjectRef, requestId = randomUUID()) =>
      handlers.hideSubject({ subject, requestId }, call),
    erase: (subject: SubjectRef, requestId: string = randomUUID()) =>
      handlers.eraseSubject({ subject, requestId }, call),
    correct: (subject: SubjectRef, field: CorrectableField, from: string | null, to: string) =>
      handlers.correctSubject({ subject, field, from, to }, call),
    restrict: (subject: SubjectRef, requestId: string, processing: Processing[] = ['everything']) =>
      handlers.restrictSubject({ subject, requestId, processing }, call),
    release: (tenantId: string, requestId: string) => handlers.releaseSubject({ tenantId, requestId }, call),
    findTenants: (email: string) => handlers.findTenants({ email }, call),
    search: (subject: SubjectRef) => handlers.searchResidue({ subject }, call),
  }
}

/** One customer with a row in every table. */
export async function addCustomer(
  db: Kysely<any>,
  tenantId: string,
  email: string,
  name = email.split('@')[0]!,
) {
  const visitorId = randomUUID()
  const [customerId, orderId] = [randomUUID(), randomUUID()]
  const row = { tenant_id: tenantId }
  await asTenant(db, tenantId, async (trx) => {
    await trx
      .insertInto('customers')
      .values({ ...row, id: customerId, visitor_id: visitorId, name, email, phone: null })
      .execute()
    await trx
      .insertInto('orders')
      .values({
        ...row,
        id: orderId,
        customer_id: customerId,
        delivered_to: `${name}'s street`,
        paid_minor: 100,
      })
      .execute()
    await trx
      .insertInto('order_notes')
      .values({ ...row, id: randomUUID(), order_id: orderId, text: `ring at ${name}` })
      .execute()
    await trx
      .insertInto('reviews')
      .values({
        ...row,
        id: randomUUID(),
        about: visitorId,
        text: `${name} is kind`,
        author_id: null,
        author_name: '',
      })
      .execute()
    const invoice = { buyer: `${name} <${email}>`, terms: `to ${name}`, memo: `nice ${name}` }
    await trx
      .insertInto('invoices')
      .values({ ...row, ...invoice, id: randomUUID(), visitor_id: visitorId, issued_at: clock.now() })
      .execute()
  })
  return { tenantId, visitorId, email, name }
}

export function refer(tenantId: string, of: Partial<Omit<SubjectRef, 'tenantId'>>): SubjectRef {
  return { tenantId, emails: [], visitorIds: [], userIds: [], ...of }
}

const tables = [
  'customers',
  'orders',
  'order_notes',
  'reviews',
  'invoices',
  'prices',
  'outbox',
  'parked_events',
]

/** Every row of every table, as text. */
export async function dump(shop: Shop): Promise<string[]> {
  const rows = []
  for (const table of tables) {
    const { rows: found } = await sql<{ row: string }>`
      select row_to_json(t)::text as row from ${sql.table(table)} t`.execute(shop.superuser)
    rows.push(...found.map(({ row }) => `${table} ${row}`))
  }
  return rows.toSorted()
}

import { checkDataMap } from '@candor/personal-data/check-data-map'
import { dataMap, mentioning, technical } from '@candor/personal-data/data-map'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, shopData } from './shop.ts'
import type { Shop } from './shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

/** What the check says while the database is as `change` makes it. */
async function problemsAfter(change: string, undo: string): Promise<string[]> {
  for (const statement of change.split(';')) await sql.raw(statement).execute(shop.superuser)
  try {
    return await checkDataMap(shop.superuser, shopData)
  } finally {
    for (const statement of undo.split(';')) await sql.raw(statement).execute(shop.superuser)
  }
}

test('a map that declares every column of its database is in order', async () => {
  expect(await checkDataMap(shop.superuser, shopData)).toEqual([])
})

test('a new column that nobody declared is named', async () => {
  const problems = await problemsAfter(
    'alter table customers add column birthday date',
    'alter table customers drop column birthday',
  )
  expect(problems).toEqual(['customers.birthday exists and is not declared'])
})

test('a new table that nobody declared is named, column by column', async () => {
  const problems = await problemsAfter('create table leads (email text, name text)', 'drop table leads')
  expect(problems).toEqual([
    'leads.email exists and is not declared',
    'leads.name exists and is not declared',
  ])
})

test('a declared column that is not there is named', async () => {
  const map = dataMap('shop', {
    ...shopData.tables,
    prices: { tenant: null, columns: { product: technical, minor: technical, since: technical } },
  })
  expect(await checkDataMap(shop.superuser, map)).toEqual(['prices.since is declared and does not exist'])
})

test.for(['disable', 'no force'])(
  'personal data in a table with row-level security set to "%s" is named',
  async (state) => {
    const problems = await problemsAfter(
      `alter table customers ${state} row level security`,
      'alter table customers enable row level security; alter table customers force row level security',
    )
    expect(problems).toEqual(['customers holds personal data without forced row-level security'])
  },
)

test('the columns of a partition are those of its table and need no declaration of their own', async () => {
  const partitioned = `
    drop table prices;
    create table prices (product text, minor int) partition by range (minor);
    create table prices_low partition of prices for values from (0) to (100)`
  const undo = 'drop table prices; create table prices (product text primary key, minor int)'
  expect(await problemsAfter(partitioned, undo)).toEqual([])
})

test('beside figures that are to lead to nobody nothing stands that could: no id, no moment, no free text', async () => {
  const columns = ['tenant_id', 'day', 'part', 'chats', 'chat_id', 'at', 'page']
  const map = dataMap('shop', {
    ...shopData.tables,
    figures: {
      figures: { of: 'usage-facts', words: ['part'] },
      columns: Object.fromEntries(columns.map((column) => [column, technical])),
    },
  })
  const table =
    'create table figures (tenant_id uuid, day date, part text, chats int, chat_id uuid, at timestamptz, page text)'
  await sql.raw(table).execute(shop.superuser)
  const problems = await checkDataMap(shop.superuser, map)
  await sql.raw('drop table figures').execute(shop.superuser)
  expect(problems).toEqual(
    ['chat_id', 'at', 'page'].map((column) => `figures.${column} could lead from figures back to somebody`),
  )
  const named = { ...map.tables.figures!, lives: 'on', columns: { page: mentioning('usage-facts') } }
  expect(() => dataMap('shop', { ...map.tables, figures: named })).toThrow('somebody in them')
})

test('a partition that could be read past the protection of its table is named as that table', async () => {
  const partitioned = `
    drop table reviews;
    create table reviews (id uuid, tenant_id uuid, about uuid, text text, author_id uuid, author_name text)
      partition by hash (id);
    alter table reviews enable row level security; alter table reviews force row level security;
    create table reviews_all partition of reviews for values with (modulus 1, remainder 0)`
  const problems = await problemsAfter(partitioned, 'select 1')
  expect(problems).toEqual(['reviews holds personal data without forced row-level security'])
})

test('the description tells of every column whose it is, who answers for it and what erasure does to it', async () => {
  const described = await shop.holder.describe()
  const columns = Object.values(shopData.tables).flatMap((table) => Object.keys(table.columns))
  expect(described).toHaveLength(columns.length)
  const find = (table: string, column: string) =>
    described.find((row) => row.table === table && row.column === column)
  expect(find('customers', 'email')).toMatchObject({
    personal: true,
    category: 'contact-details',
    onErasure: 'delete',
  })
  expect(find('invoices', 'buyer')).toMatchObject({
    role: 'controller',
    onErasure: 'kept: Tax law',
  })
  expect(find('prices', 'minor')).toMatchObject({ personal: false, category: null, onErasure: null })
})

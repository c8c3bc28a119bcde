import { mentions } from '@candor/personal-data/mentions'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop } from './shop.ts'
import type { Shop } from './shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

async function isMentioned(text: string, needle: string): Promise<boolean> {
  const { rows } = await sql<{
    found: boolean
  }>`select ${mentions(sql`${text}::text`, [needle])} as found`.execute(shop.db)
  return rows[0]!.found
}

test.for([
  'ada@example.org',
  'Write to ADA@Example.ORG.',
  'ada@example.org, or call',
  '<ada@example.org>',
  'mailto:ada@example.org?subject=x',
  '{"email":"ada@example.org"}',
  "'ada@example.org':3",
  '- ada@example.org',
  '-ada@example.org',
  'x ada@example.org-Ada',
  '(ada@example.org)',
  'née:ada@example.org;',
  'two\nlines ada@example.org\nand more',
])('an address is found in: %s', async (text) => {
  expect(await isMentioned(text, 'ada@example.org')).toBe(true)
})

test.for([
  'mada@example.org',
  'x.ada@example.org',
  'first-ada@example.org',
  'list+ada@example.org',
  'éada@example.org',
  'ada@example.org.uk',
  'ada@example.organic',
  'ada@exampleXorg',
  'ada at example.org',
])("somebody else's address is not taken for it: %s", async (text) => {
  expect(await isMentioned(text, 'ada@example.org')).toBe(false)
})

test('an address with characters that patterns know is taken literally', async () => {
  expect(await isMentioned('a+b.(c)[d]*@x.org', 'a+b.(c)[d]*@x.org')).toBe(true)
  expect(await isMentioned('aab@x.org', 'a+b@x.org')).toBe(false)
  expect(await isMentioned('axb@x.org', 'a.b@x.org')).toBe(false)
})

test('an id is found wherever it stands', async () => {
  const id = '0193-Beef'
  for (const text of [id, `key.${id}`, `x${id}x`, `{"a":"${id}"}`])
    expect(await isMentioned(text, id)).toBe(true)
})

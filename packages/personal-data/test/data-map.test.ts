import { dataMap, keep, personal, technical, technicalTable } from '@candor/personal-data/data-map'
import type { TableMap } from '@candor/personal-data/data-map'
import { childrenFirst } from '@candor/personal-data/rows-of'
import { expect, test } from 'vitest'

const deleted = personal('contact-details', { of: 'visitor', onErasure: 'delete' })
const nulled = personal('contact-details', { of: 'visitor', onErasure: 'null' })
const base = technicalTable('id', 'tenant_id').columns
const byVisitor = { visitor: { by: { visitorIds: 'visitor_id' } } } as const
const lives = 'as long as somebody buys'
const people: TableMap = { subjects: byVisitor, lives, columns: { ...base, visitor_id: deleted } }
const withPeople = { table: 'people', column: 'person_id', key: 'id' }
const through = (table: string, column = 'person_id', key = 'id'): TableMap => ({
  subjects: { visitor: { through: table, column, key } },
  lives,
  columns: { ...base, person_id: technical, text: deleted },
})

const contradictions: [string, Record<string, TableMap>, string][] = [
  [
    'a column about somebody whose rows no link finds',
    { people: { columns: { ...base, name: deleted } } },
    'table people: name is about a visitor, but no link says whose rows are whose',
  ],
  [
    'a column about staff in a table that finds only visitors',
    {
      people: {
        ...people,
        columns: { ...people.columns, name: personal('staff-name', { of: 'staff', onErasure: 'null' }) },
      },
    },
    'table people: name is about a staff',
  ],
  [
    'a row that is deleted and of which something stays',
    { people: { ...people, columns: { ...people.columns, name: nulled } } },
    'erasing a visitor deletes the row, so no other column of theirs can stay',
  ],
  [
    'a column kept from a time that is not there',
    {
      people: {
        subjects: byVisitor,
        columns: {
          ...base,
          visitor_id: personal('purchase-records', {
            of: 'visitor',
            onErasure: keep('Law', { from: 'sold_at', years: 1 }),
          }),
        },
      },
    },
    'visitor_id is kept from a column that is not there',
  ],
  [
    'a link by a column that is not there',
    { people: { subjects: byVisitor, columns: base } },
    'links by visitor_id, which is not a column',
  ],
  [
    'a link by nothing at all',
    { people: { subjects: { visitor: { by: {} } }, columns: { ...base, name: deleted } } },
    'links a visitor by nothing',
  ],
  [
    'a link through a table that is not there',
    { notes: through('people') },
    'links through people, which has no visitor',
  ],
  [
    'a link through a table of nobody',
    { people: { columns: base }, notes: through('people') },
    'links through people, which has no visitor',
  ],
  [
    'a link to a column of the other table that is not there',
    { people, notes: through('people', 'person_id', 'number') },
    'links to people.number, which is not a column',
  ],
  ['links in a circle', { a: through('b'), b: through('a') }, 'links in a circle'],
  [
    'a table of people that does not say whose tenant they are',
    { people: { ...people, columns: { visitor_id: deleted } } },
    'has no column tenant_id',
  ],
  [
    'a tenant column of another name that is not there',
    { people: { ...people, tenant: 'shop_id' } },
    'has no column shop_id that says whose tenant',
  ],
  [
    'retention from a time that is not there',
    { people: { ...people, lives: undefined!, clock: 'left_at' } },
    'counts retention from left_at, which is not a column',
  ],
  [
    'a table of people with neither a clock nor a parent nor a reason',
    { people: { subjects: byVisitor, columns: people.columns } },
    'table people: holds personal data and says neither from when it counts, nor with what it goes, nor why it stays',
  ],
  [
    'a clock and no category by whose period it counts',
    {
      people: {
        subjects: byVisitor,
        clock: 'id',
        columns: {
          ...people.columns,
          seen: personal('usage-facts', { of: 'visitor', onErasure: 'delete' }),
        },
      },
    },
    'does not say by the period of which category',
  ],
  [
    'a column of a category that has no legal basis',
    {
      people: {
        ...people,
        columns: {
          ...people.columns,
          mood: personal('mood' as never, { of: 'visitor', onErasure: 'delete' }),
        },
      },
    },
    'table people: mood is of a category that no notice gives a legal basis',
  ],
  [
    'rows that go with a table without a clock',
    { people, notes: { ...through('people'), lives: undefined!, expires: withPeople } },
    'table notes: is tied to people, which has no clock',
  ],
  [
    'rows that go with each other',
    {
      a: { ...through('people'), lives: undefined!, expires: { ...withPeople, table: 'b' } },
      b: { ...through('people'), lives: undefined!, expires: { ...withPeople, table: 'a' } },
      people,
    },
    'expires in a circle',
  ],
  ['rows that stay and go', { people: { ...people, clock: 'id' } }, 'is to stay and to go'],
]

test.for(contradictions)('a map with %s is refused by name', ([, tables, problem]) => {
  expect(() => dataMap('shop', tables)).toThrow(problem)
})

test('a map that is consistent is accepted as it is', () => {
  const tables = {
    people,
    notes: through('people'),
    words: through('notes', 'person_id'),
    prices: technicalTable('id'),
  }
  expect(dataMap('shop', tables)).toEqual({ service: 'shop', tables })
})

test('tables come before those that their people are found through, in whatever order they are declared', () => {
  const tables = {
    people,
    notes: through('people'),
    words: through('notes'),
    letters: through('words'),
    prices: technicalTable('id'),
  }
  const names = Object.keys(tables) as (keyof typeof tables)[]
  for (const order of [names, names.toReversed(), [...names.slice(2), ...names.slice(0, 2)]]) {
    const map = dataMap('shop', Object.fromEntries(order.map((name) => [name, tables[name]])))
    const sorted = childrenFirst(map)
    expect(sorted.filter((name) => name !== 'prices')).toEqual(['letters', 'words', 'notes', 'people'])
    expect(sorted).toHaveLength(5)
  }
})

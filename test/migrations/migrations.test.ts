import { services } from '@candor/contracts/callers'
import { expect, test } from 'vitest'
import { exceptions, firstRelease } from './exceptions.ts'
import { migrationsOf } from './of-services.ts'
import { recordMigrations } from './record-migrations.ts'
import { risksOf } from './risks.ts'

test.each(services)('the release before runs on the schema that %s migrates to', async (service) => {
  const recorded = await recordMigrations(service, migrationsOf[service])
  const found = recorded
    .filter(({ name }) => name >= firstRelease && !(name in exceptions))
    .flatMap(({ name, existing, statements }) =>
      statements.flatMap((statement) =>
        risksOf(statement, existing).map((risk) => `${name} ${risk}: ${statement}`),
      ),
    )
  expect(found).toEqual([])
})

test('every exception names a migration that is there', () => {
  const names = Object.values(migrationsOf).flatMap((list) => list.map(({ name }) => name))
  expect(Object.keys(exceptions).filter((name) => !names.includes(name))).toEqual([])
})

const existing = new Set(['people'])

test.each([
  'drop table people',
  'alter table people drop column name',
  'alter table people drop name',
  'alter table people rename column name to full_name',
  'alter table people rename to persons',
  'drop function greet(text)',
  'revoke update on people from app',
  'alter table people add column city text not null',
  "alter table people add column town text default '', add column city text not null, add column zip text",
  'alter table people alter column name set not null',
  'alter table people alter column age type bigint',
  'alter table "people" add column b int generated always as (a + 1) stored',
  'alter table people add constraint adult check (age > 17)',
  'create index people_name on people (name)',
  'create unique index people_mail on "people" (mail)',
  "update people set name = ''",
  'delete from people where name is null',
])('found: %s', (statement) => {
  expect(risksOf(statement, existing)).not.toEqual([])
})

test.each([
  'create table people2 (name text not null)',
  'create index people2_name on people2 (name)',
  'alter table people2 drop column name',
  'alter table people add column city text',
  "alter table people add column city text not null default ''",
  "alter table people add column city text default '' not null",
  'alter table people drop constraint adult',
  'alter table people alter column name drop not null',
  'alter table people add constraint adult check (age > 17) not valid',
  'alter table people enable row level security',
  'drop index people_name',
  'create index concurrently people_name on people (name)',
  'create function tidy() returns void language sql as $$ delete from people $$',
  'create policy own on people using (true)',
])('let through: %s', (statement) => {
  expect(risksOf(statement, existing)).toEqual([])
})

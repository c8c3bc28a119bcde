import { randomUUID } from 'node:crypto'
import { privacy as contract } from '@candor/contracts/privacy'
import { checkDataMap } from '@candor/personal-data/check-data-map'
import { createServiceClient } from '@candor/rpc/service-client'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { privacyData } from '../src/personal-data.ts'
import { startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

test('every column of the database is declared, and personal data is behind forced row-level security', async () => {
  const pool = new pg.Pool({ connectionString: privacy.database.superuserUrl })
  await using db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  expect(await checkDataMap(db, privacyData)).toEqual([])
})

test('a transaction that names no tenant reads no request, address, erasure or receipt', async () => {
  const { client, request } = await privacy.prove('erasure', 'ada@example.org')
  await privacy.completed(client, request.id)
  await privacy.prove('access', 'bob@example.org')
  const pool = new pg.Pool({ connectionString: privacy.database.appUrl })
  for (const table of [
    'requests',
    'sealed_addresses',
    'proofs',
    'erasures',
    'request_steps',
    'receipts',
    'mail_queue',
  ]) {
    expect({ table, seen: (await pool.query(`select from ${table}`)).rowCount }).toEqual({ table, seen: 0 })
  }
  await pool.end()
})

test("a letter on its way is the person's: it is exported, found by the search, and erased", async () => {
  const tenantId = privacy.business('shop').id
  const email = 'waiting@example.org'
  const id = randomUUID()
  await privacy.query(
    `insert into mail_queue (id, tenant_id, once_key, to_address, subject, text, html, created_at)
     values ($1, $2, 'test', $3, 'Hello', 'Hello', 'Hello', now())`,
    [id, tenantId, email],
  )
  const nats = await privacy.nats.connect('privacy')
  const client = createServiceClient(contract, { nats, self: 'privacy' })
  const subject = { tenantId, emails: [email], visitorIds: [], userIds: [] }
  expect(await client.exportSubject.query({ subject })).toMatchObject([
    { table: 'mail_queue', records: [{ to_address: email }] },
  ])
  expect((await client.searchResidue.query({ subject })).residue).toEqual([
    { table: 'mail_queue', column: 'to_address', rows: 1 },
  ])
  const { erased } = await client.eraseSubject.mutate({ subject, requestId: randomUUID() })
  expect(erased).toEqual([{ table: 'mail_queue', action: 'deleted', rows: 1 }])
  expect((await client.searchResidue.query({ subject })).residue).toEqual([])
})

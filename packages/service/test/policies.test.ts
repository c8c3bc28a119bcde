import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { policySubject } from '@candor/contracts/subjects'
import { tryPermissions } from '@candor/events/try-permissions'
import { candor } from '@candor/policy/packs/candor'
import type { Policies } from '@candor/service/policies'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepFor, newTenant, startReaders, versionOf } from './start-policies.ts'
import type { Readers } from './start-policies.ts'

let readers: Readers
beforeAll(async () => {
  readers = await startReaders()
})
afterAll(() => readers[Symbol.asyncDispose]())

const daysKept = async (policies: Policies, tenantId: string) =>
  (await policies.of(tenantId)).policy.categories.conversation.retention.period?.days

const obeys = (policies: Policies, tenantId: string, days: number) =>
  settle(async () => expect(await daysKept(policies, tenantId)).toBe(days))

test('a tenant that has published nothing has the strictest pack, without any row', async () => {
  const rules = await (await readers.replica()).of(newTenant())
  expect(rules).toMatchObject({ revision: 0, holds: [], policy: candor.policy })
  expect(rules.version).toMatchObject({ version: 1, pack: 'candor' })
})

test('what privacy puts is in force in every replica at once, and told to who asked to be told', async () => {
  const replicas = [await readers.replica(), await readers.replica()]
  const tenant = newTenant()
  const told: string[] = []
  const stop = replicas[0]!.onChange((tenantId) => told.push(tenantId))
  for (const replica of replicas) expect(await daysKept(replica, tenant)).toBeUndefined()
  const startedAt = performance.now()
  await readers.put(keepFor(tenant, 1, 30))
  for (const replica of replicas) await obeys(replica, tenant, 30)
  process.stdout.write(`in force in two replicas after ${Math.round(performance.now() - startedAt)} ms\n`)
  await settle(() => expect(told).toContain(tenant))
  stop()
  await readers.put(keepFor(tenant, 2, 31))
  await obeys(replicas[0]!, tenant, 31)
  expect(new Set(told)).toEqual(new Set([tenant]))
})

test('a lower revision never replaces a higher one, in the bucket or in a service', async () => {
  const replica = await readers.replica()
  const [tenant, other] = [newTenant(), newTenant()]
  await readers.put(keepFor(tenant, 5, 50))
  await readers.put(keepFor(tenant, 4, 40))
  await obeys(replica, tenant, 50)
  // As from a writer that does not look: the bucket takes it, and the services still do not.
  readers.privacy.publish(policySubject(tenant), JSON.stringify(keepFor(tenant, 3, 30)))
  await readers.put(keepFor(other, 1, 10))
  await obeys(replica, other, 10)
  expect(await daysKept(replica, tenant)).toBe(50)
  expect(await daysKept(await readers.replica(), tenant)).toBe(50)
})

test('of two writers at once the higher revision stays in the bucket', async () => {
  const tenant = newTenant()
  const revisions = Array.from({ length: 20 }, (_, index) => index + 1)
  await Promise.allSettled(
    revisions.toReversed().map((revision) => readers.put(keepFor(tenant, revision, revision))),
  )
  await settle(() => readers.put(keepFor(tenant, 20, 20)))
  await obeys(await readers.replica(), tenant, 20)
})

test('a replica started while the broker is away obeys what the service last stored', async () => {
  const tenant = newTenant()
  const before = await readers.replica()
  await readers.put(keepFor(tenant, 1, 30))
  await obeys(before, tenant, 30)
  await before.stop()
  const after = await readers.replica((line) => line.unplug())
  expect(await daysKept(after, tenant)).toBe(30)
  await readers.put(keepFor(tenant, 2, 20))
  expect(await daysKept(after, tenant)).toBe(30)
  after.line.plugIn()
  await obeys(after, tenant, 20)
})

test('what was put while a replica could not hear is caught up, and one that heard it tells the other by the table', async () => {
  const tenant = newTenant()
  const [deaf, hearing] = [await readers.replica(), await readers.replica()]
  await readers.put(keepFor(tenant, 1, 30))
  await obeys(deaf, tenant, 30)
  deaf.line.unplug()
  await readers.put(keepFor(tenant, 2, 20))
  await obeys(hearing, tenant, 20)
  await obeys(deaf, tenant, 20)
  await hearing.stop()
  await readers.put(keepFor(tenant, 3, 10))
  deaf.line.plugIn()
  await obeys(deaf, tenant, 10)
})

test('after the broker was killed, and after it lost its store, settings arrive again', async () => {
  const tenant = newTenant()
  const replica = await readers.replica()
  await readers.put(keepFor(tenant, 1, 30))
  await obeys(replica, tenant, 30)
  await readers.nats.restart()
  await settle(() => readers.put(keepFor(tenant, 2, 20)))
  await obeys(replica, tenant, 20)
  await readers.nats.restart((storeDir) => rm(join(storeDir, 'jetstream'), { recursive: true }))
  expect(await daysKept(replica, tenant)).toBe(20)
  await settle(() => readers.put(keepFor(tenant, 3, 10)))
  await obeys(replica, tenant, 10)
  expect(await daysKept(await readers.replica(), tenant)).toBe(10)
})

test('rules that this version cannot read change nothing, and are counted', async () => {
  const tenant = newTenant()
  const replica = await readers.replica()
  await readers.put(keepFor(tenant, 1, 30))
  await obeys(replica, tenant, 30)
  readers.privacy.publish(policySubject(tenant), JSON.stringify({ tenantId: tenant, revision: 2 }))
  readers.privacy.publish(policySubject(newTenant()), 'not even JSON')
  await settle(async () =>
    expect(await replica.metrics.registry.metrics()).toMatch(/policies_refused_total\S* 2/),
  )
  expect(await daysKept(replica, tenant)).toBe(30)
})

test("what the bucket did not take, such as a doctor that tries whether it may write, is nobody's rules", async () => {
  const tenant = newTenant()
  const replica = await readers.replica()
  const refused = async () =>
    /policies_refused_total\S* (\d+)/.exec(await replica.metrics.registry.metrics())![1]
  const before = await refused()
  await tryPermissions(readers.privacy, 'privacy')
  await readers.put(keepFor(tenant, 1, 30))
  await obeys(replica, tenant, 30)
  expect(await refused()).toBe(before)
})

test('a version begins at its hour by the clock, and a hold ends at its', async () => {
  const tenant = newTenant()
  const replica = await readers.replica()
  const hold = {
    id: newTenant(),
    category: 'conversation',
    law: 'A law',
    owner: 'Ada',
    until: '2027-03-01T00:00:00.000Z',
  } as const
  await readers.put({
    ...keepFor(tenant, 1, 30),
    versions: [
      versionOf(2, '2026-12-01T00:00:00.000Z', { days: 30 }),
      versionOf(3, '2027-02-01T00:00:00.000Z', { days: 7 }),
    ],
    holds: [hold],
  })
  await obeys(replica, tenant, 30)
  readers.clock.set('2027-01-31T23:59:59.999Z')
  expect(await daysKept(replica, tenant)).toBe(30)
  readers.clock.set('2027-02-01T00:00:00.000Z')
  expect(await daysKept(replica, tenant)).toBe(7)
  expect((await replica.of(tenant)).holds).toEqual([hold])
  readers.clock.set('2027-03-01T00:00:00.000Z')
  expect((await replica.of(tenant)).holds).toEqual([])
})

import { randomUUID } from 'node:crypto'
import { takeDisposals } from '@candor/personal-data/disposals'
import { asTenant } from '@candor/runtime/tenancy'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMember, addTalk, addVisit, openClub, usualPolicy } from './club.ts'
import type { Club } from './club.ts'

let club: Club
beforeAll(async () => void (club = await openClub()))
afterAll(() => club[Symbol.asyncDispose]())

test('what goes is counted in the transaction that takes it: records by business, category, disposition and notice', async () => {
  club.clock.set('2026-11-21T12:00:00.000Z')
  const [tenantId, other] = [randomUUID(), randomUUID()]
  const policy = structuredClone(usualPolicy)
  policy.categories['usage-facts'].retention.disposition = 'anonymise'
  club.setRules(tenantId, policy)
  const memberId = await addMember(club, tenantId)
  for (let n = 0; n < 30; n++) await addTalk(club, tenantId, { memberId, closedAt: club.clock.now() })
  await addVisit(club, tenantId, club.clock.now())
  await addVisit(club, other, club.clock.now())
  club.clock.set('2027-11-21T12:00:00.000Z')
  await club.sweep()
  const taken = (tenant: string, today: string) =>
    asTenant(club.db, tenant, (trx) => takeDisposals(trx, tenant, today))
  expect(await taken(tenantId, '2027-11-21')).toEqual([])
  const days = await taken(tenantId, '2027-11-22')
  expect(days).toMatchObject([{ day: '2027-11-21' }])
  const told = days[0]!.disposals.map(
    ({ table, category, disposition, records, policyVersion, overBy }) =>
      `${table} ${category} ${disposition} ${records} v${policyVersion} ${overBy}`,
  )
  const now = 'v1 2027-11-21T12:00:00.000Z'
  expect(told.toSorted()).toEqual([
    `members contact-details delete 1 ${now}`,
    `talks conversation delete 30 ${now}`,
    `talks usage-facts anonymise 30 ${now}`,
    `visits cookie-yield delete 1 ${now}`,
  ])
  expect(await taken(tenantId, '2027-11-22')).toEqual([])
  expect(await taken(other, '2027-11-22')).toMatchObject([{ disposals: [{ table: 'visits', records: 1 }] }])
})

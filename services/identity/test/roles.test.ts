import { randomUUID } from 'node:crypto'
import { minute } from '@candor/testing/movable-clock'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, refusal, startTestIdentity, tokenIn } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startTestIdentity()
})
afterAll(() => identity[Symbol.asyncDispose]())

async function join(owner: { accessToken: string }, role: 'admin' | 'agent') {
  const email = `${randomUUID()}@bikes.test`
  await identity.as(owner).inviteStaff.mutate({ email, role })
  const token = tokenIn((await identity.mailTo(email)).text)
  return identity.anyone.acceptInvitation.mutate({ token, name: `An ${role}`, password })
}

const forbidden = refusal('forbidden')

test('owners change roles, owners and admins invite, agents do neither', async () => {
  const owner = await identity.signUp()
  const [admin, agent] = [await join(owner, 'admin'), await join(owner, 'agent')]
  const change = { userId: agent.user.id, role: 'admin' as const }
  await expect(identity.as(agent).changeRole.mutate(change)).rejects.toMatchObject(forbidden)
  await expect(identity.as(admin).changeRole.mutate(change)).rejects.toMatchObject(forbidden)
  const invite = { email: 'new@bikes.test', role: 'agent' as const }
  await expect(identity.as(agent).inviteStaff.mutate(invite)).rejects.toMatchObject(forbidden)
  await identity.as(admin).inviteStaff.mutate(invite)

  expect((await identity.as(agent).listStaff.query()).invitations).toEqual([])
  expect((await identity.as(admin).listStaff.query()).invitations).toHaveLength(1)
})

test('a changed role counts at the next renewal of the session', async () => {
  const owner = await identity.signUp()
  const admin = await join(owner, 'admin')
  await identity.as(owner).changeRole.mutate({ userId: admin.user.id, role: 'agent' })
  const invite = { email: 'new@bikes.test', role: 'agent' as const }
  // The old token says admin still. Until it is refused everywhere the account decides what it may do here.
  const reason = expect.stringMatching(/^(forbidden|not-signed-in)$/)
  await expect(identity.as(admin).inviteStaff.mutate(invite)).rejects.toMatchObject({ data: { reason } })
  identity.clock.advance(11 * minute)
  const renewed = await identity.anyone.refreshSession.mutate(admin)
  expect(JSON.parse(atob(renewed.accessToken.split('.')[1]!))).toMatchObject({ role: 'agent' })
})

test('a business always keeps an owner, also when two demote each other at once', async () => {
  const owner = await identity.signUp()
  const agent = await join(owner, 'agent')
  const demote = { userId: owner.user.id, role: 'agent' as const }
  await expect(identity.as(owner).changeRole.mutate(demote)).rejects.toMatchObject(refusal('conflict'))

  await identity.as(owner).changeRole.mutate({ userId: agent.user.id, role: 'owner' })
  const second = await identity.anyone.refreshSession.mutate(agent)
  const outcomes = await Promise.allSettled([
    identity.as(owner).changeRole.mutate({ userId: agent.user.id, role: 'agent' }),
    identity.as(second).changeRole.mutate(demote),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const renewed = await identity.anyone.refreshSession.mutate(owner)
  const { staff } = await identity.as(renewed).listStaff.query()
  expect(staff.filter(({ role }) => role === 'owner')).toHaveLength(1)
})

test('a change of role is announced, one that changes nothing is not', async () => {
  const owner = await identity.signUp()
  const agent = await join(owner, 'agent')
  const announced = () =>
    identity.query("select from outbox where subject_id = $1 and type = 'identity.staff-changed'", [
      agent.user.id,
    ])
  expect(await announced()).toHaveLength(1)
  await identity.as(owner).changeRole.mutate({ userId: agent.user.id, role: 'admin' })
  expect(await announced()).toHaveLength(2)
  await identity.as(owner).changeRole.mutate({ userId: agent.user.id, role: 'admin' })
  expect(await announced()).toHaveLength(2)
})

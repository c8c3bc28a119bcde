import { randomUUID } from 'node:crypto'
import { identity as contract } from '@candor/contracts/identity'
import { createServiceClient } from '@candor/rpc/service-client'
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

const asChat = async () =>
  createServiceClient(contract, { nats: await identity.nats.connect('chat'), self: 'chat' })
const nameOf = async (tenantId: string, userId: string) =>
  (await (await asChat()).getStaffNames.query({ tenantId, userIds: [userId] }))[0]?.name

test('who is deactivated cannot sign in nor renew a session, keeps the name, and can be let in again', async () => {
  const owner = await identity.signUp()
  const agent = await join(owner, 'agent')
  const userId = agent.user.id
  await identity.as(owner).deactivateStaff.mutate({ userId })
  const signIn = () => identity.anyone.signIn.mutate({ email: agent.user.email, password })
  await expect(signIn()).rejects.toMatchObject(refusal('bad-credentials'))
  await expect(identity.anyone.refreshSession.mutate(agent)).rejects.toMatchObject(refusal('bad-credentials'))
  expect((await identity.as(owner).listStaff.query()).staff.map(({ id }) => id)).not.toContain(userId)
  expect(await nameOf(owner.business.id, userId)).toBe('An agent')
  expect(await identity.as(owner).reactivateStaff.mutate({ userId })).toMatchObject({
    id: userId,
    role: 'agent',
  })
  expect((await signIn()).user.id).toBe(userId)
})

test('who is removed shows as removed and leaves neither name nor address nor a way back', async () => {
  const owner = await identity.signUp()
  const agent = await join(owner, 'agent')
  const userId = agent.user.id
  await identity.as(owner).removeStaff.mutate({ userId })
  expect(await nameOf(owner.business.id, userId)).toBe('Removed')
  const rows = JSON.stringify(await identity.query('select * from users where id = $1', [userId]))
  expect(rows).not.toContain(agent.user.email)
  expect(rows).not.toContain('An agent')
  await expect(identity.as(owner).reactivateStaff.mutate({ userId })).rejects.toMatchObject(
    refusal('not-found'),
  )
  const announced = await identity.query(
    "select from outbox where type = 'identity.staff-changed' and subject_id = $1",
    [userId],
  )
  expect(announced).toHaveLength(2)
})

test('admins close agents and not owners, agents nobody, and a business keeps an owner', async () => {
  const owner = await identity.signUp()
  const [admin, agent] = [await join(owner, 'admin'), await join(owner, 'agent')]
  const close = (by: { accessToken: string }, userId: string) =>
    identity.as(by).deactivateStaff.mutate({ userId })
  await expect(close(agent, admin.user.id)).rejects.toMatchObject(refusal('forbidden'))
  await expect(close(admin, owner.user.id)).rejects.toMatchObject(refusal('forbidden'))
  await expect(close(owner, owner.user.id)).rejects.toMatchObject(refusal('conflict'))
  await expect(identity.as(owner).removeStaff.mutate({ userId: owner.user.id })).rejects.toMatchObject(
    refusal('conflict'),
  )
  await close(admin, agent.user.id)
  const stranger = await identity.signUp()
  await expect(close(stranger, admin.user.id)).rejects.toMatchObject(refusal('not-found'))
})

test('at the request of their person accounts and sessions end, the last owner’s excepted, and a repeat changes nothing', async () => {
  const owner = await identity.signUp()
  const agent = await join(owner, 'agent')
  const visitor = await identity.anyone.startVisitorSession.mutate({ widgetKey: owner.business.widgetKey })
  const privacy = createServiceClient(contract, {
    nats: await identity.nats.connect('privacy'),
    self: 'privacy',
  })
  const ending = {
    tenantId: owner.business.id,
    userIds: [owner.user.id, agent.user.id],
    visitorIds: [visitor.visitorId],
    remove: true,
  }
  expect(await privacy.endAccounts.mutate(ending)).toEqual({ ended: 1, keptOwner: true })
  expect(await privacy.endAccounts.mutate(ending)).toEqual({ ended: 0, keptOwner: true })
  await expect(identity.anyone.refreshSession.mutate(visitor)).rejects.toMatchObject(
    refusal('bad-credentials'),
  )
  expect((await identity.as(owner).me.query()).user.id).toBe(owner.user.id)
})

import { randomUUID } from 'node:crypto'
import { day } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, refusal, startTestIdentity, tokenIn } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startTestIdentity()
})
afterAll(() => identity[Symbol.asyncDispose]())

const address = () => `${randomUUID()}@bikes.test`
const accept = (token: string) => identity.anyone.acceptInvitation.mutate({ token, name: 'Anton', password })

test('a colleague is invited by mail, joins with the given role and signs in', async () => {
  const owner = await identity.signUp('Harbour <Bikes>')
  const email = address()
  const invitation = await identity.as(owner).inviteStaff.mutate({ email, role: 'agent' })
  expect(invitation).toMatchObject({ email, role: 'agent' })
  expect((await identity.as(owner).listStaff.query()).invitations).toEqual([invitation])

  const letter = await identity.mailTo(email)
  expect(letter.subject).toBe('Join Harbour <Bikes> on Candor')
  expect(letter.text).toContain('https://candor.test/invitation#token=')
  expect(letter.html).toContain('Harbour &#60;Bikes&#62;')

  const joined = await accept(tokenIn(letter.text))
  expect(joined).toMatchObject({ user: { name: 'Anton', email, role: 'agent' }, business: owner.business })
  expect(await identity.as(joined).me.query()).toMatchObject({ user: joined.user })
  await identity.anyone.signIn.mutate({ email, password })
  const { staff, invitations } = await identity.as(owner).listStaff.query()
  expect(staff).toEqual([owner.user, joined.user])
  expect(invitations).toEqual([])
})

test('an invitation works once, also for two who follow it at once', async () => {
  const owner = await identity.signUp()
  const email = address()
  await identity.as(owner).inviteStaff.mutate({ email, role: 'admin' })
  const token = tokenIn((await identity.mailTo(email)).text)
  const outcomes = await Promise.allSettled([accept(token), accept(token)])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const late = outcomes.find((outcome) => outcome.status === 'rejected')!
  expect(late.reason).toMatchObject(refusal('not-found'))
  await expect(accept(token)).rejects.toMatchObject(refusal('not-found'))
})

test('an invitation expires after seven days', async () => {
  const owner = await identity.signUp()
  const email = address()
  await identity.as(owner).inviteStaff.mutate({ email, role: 'agent' })
  const token = tokenIn((await identity.mailTo(email)).text)
  identity.clock.advance(7 * day)
  await expect(accept(token)).rejects.toMatchObject(refusal('expired'))
  const again = await identity.anyone.signIn.mutate({ email: owner.user.email, password })
  expect((await identity.as(again).listStaff.query()).invitations).toEqual([])
})

test('inviting again replaces the link and the role', async () => {
  const owner = await identity.signUp()
  const email = address()
  await identity.as(owner).inviteStaff.mutate({ email, role: 'agent' })
  const first = tokenIn((await identity.mailTo(email)).text)
  await identity.as(owner).inviteStaff.mutate({ email, role: 'admin' })
  const second = await settle(async () => {
    const token = tokenIn((await identity.mailTo(email)).text)
    expect(token).not.toBe(first)
    return token
  })
  await expect(accept(first)).rejects.toMatchObject(refusal('not-found'))
  expect((await accept(second)).user.role).toBe('admin')
})

test('a colleague cannot be invited twice, and a foreign account shows only to its owner', async () => {
  const owner = await identity.signUp()
  const stranger = await identity.signUp('Elsewhere')
  const invite = (email: string) => identity.as(owner).inviteStaff.mutate({ email, role: 'agent' })
  await expect(invite(owner.user.email)).rejects.toMatchObject(refusal('conflict'))
  await invite(stranger.user.email)
  const token = tokenIn((await identity.mailTo(stranger.user.email)).text)
  await expect(accept(token)).rejects.toMatchObject(refusal('conflict'))
})

test('a weak password leaves the invitation open', async () => {
  const owner = await identity.signUp('Harbour Bikes')
  const email = address()
  await identity.as(owner).inviteStaff.mutate({ email, role: 'agent' })
  const token = tokenIn((await identity.mailTo(email)).text)
  const weak = identity.anyone.acceptInvitation.mutate({ token, name: 'Anton', password: 'harbour bikes!' })
  await expect(weak).rejects.toMatchObject({ data: { reason: 'bad-input', fields: [{ path: 'password' }] } })
  await accept(token)
})

test('only the hash of an invitation is stored once its letter has left', async () => {
  const owner = await identity.signUp()
  const email = address()
  await identity.as(owner).inviteStaff.mutate({ email, role: 'agent' })
  const token = tokenIn((await identity.mailTo(email)).text)
  await settle(async () => {
    const rows = await identity.query('select * from mail_queue where tenant_id = $1 and sent_at is null', [
      owner.business.id,
    ])
    expect(rows).toEqual([])
  })
  const rows = [
    await identity.query('select * from invitations'),
    await identity.query('select * from mail_queue'),
  ]
  expect(JSON.stringify(rows)).not.toContain(token)
})

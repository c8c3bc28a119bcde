import { randomUUID } from 'node:crypto'
import { eventConsumer, eventStream } from '@candor/contracts/subjects'
import { jetstream } from '@nats-io/jetstream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password, refusal, startTestIdentity } from './start-identity.ts'
import type { TestIdentity } from './start-identity.ts'

let identity: TestIdentity
beforeAll(async () => {
  identity = await startTestIdentity()
})
afterAll(() => identity[Symbol.asyncDispose]())

const owner = {
  name: 'Olga Öl',
  email: 'Olga@Harbour.test',
  country: 'DE',
  company: 'Café Hafen & Söhne',
  password,
}

test('a business signs up, and its owner is signed in, signs out and signs in again', async () => {
  const signedUp = await identity.anyone.signUp.mutate(owner)
  expect(signedUp.user).toMatchObject({ name: 'Olga Öl', email: 'olga@harbour.test', role: 'owner' })
  expect(signedUp.business).toMatchObject({
    name: 'Café Hafen & Söhne',
    slug: 'cafe-hafen-sohne',
    country: 'DE',
  })
  expect(signedUp.business.widgetKey).toMatch(/^wk_[\w-]{24}$/)

  const { user, business } = signedUp
  expect(await identity.as(signedUp).me.query()).toEqual({ user, business })

  await identity.as(signedUp).signOut.mutate()
  await expect(identity.anyone.refreshSession.mutate(signedUp)).rejects.toMatchObject(
    refusal('bad-credentials'),
  )

  const signedIn = await identity.anyone.signIn.mutate({ email: 'OLGA@harbour.test', password })
  expect(signedIn).toMatchObject({ user, business })
  expect(await identity.as(signedIn).me.query()).toEqual({ user, business })
})

test('who gives no company has a business of their own name', async () => {
  const { company: _, ...person } = { ...owner, name: 'Ines Insel', email: 'ines@insel.test' }
  const { business } = await identity.anyone.signUp.mutate(person)
  expect(business).toMatchObject({ name: 'Ines Insel', slug: 'ines-insel' })
})

test('an address has one account', async () => {
  const taken = identity.anyone.signUp.mutate({ ...owner, company: 'Another' })
  await expect(taken).rejects.toMatchObject(refusal('conflict'))
})

test('businesses of one name get addresses of their own, also when they sign up at once', async () => {
  const signedUp = await Promise.all([1, 2, 3, 4].map(() => identity.signUp('Twin')))
  const slugs = signedUp.map(({ business }) => business.slug)
  expect(new Set(slugs).size).toBe(4)
  expect(slugs.filter((slug) => slug === 'twin')).toHaveLength(1)
  expect(slugs.every((slug) => /^twin(-[a-z0-9]{5})?$/.test(slug))).toBe(true)
  expect(new Set(signedUp.map(({ business }) => business.widgetKey)).size).toBe(4)
})

test('a name without Latin letters still gets an address', async () => {
  const { business } = await identity.signUp('海港自行车')
  expect(business.slug).toBe('business')
})

test.for([
  ['too short', 'nine char'],
  ['too common', 'Password2024!'],
  ['too common', '1234567890'],
  ['the e-mail address', 'my katharina is 1'],
  ['the company', 'we-love-harbourbikes'],
])('a password is refused by name of its field: %s', async ([, refused]) => {
  const input = { ...owner, email: 'katharina@x.test', company: 'Harbour Bikes', password: refused! }
  const signUp = identity.anyone.signUp.mutate(input)
  await expect(signUp).rejects.toMatchObject({
    data: { reason: 'bad-input', fields: [{ path: 'password' }] },
  })
})

test('a sign-up is announced to billing, with ids and facts only', async () => {
  const { business, user } = await identity.signUp('Announced')
  const nats = await identity.nats.connect('billing')
  const consumer = await jetstream(nats).consumers.get(eventStream, eventConsumer('billing', 'identity'))
  const messages = await consumer.consume({ max_messages: 1 })
  for await (const message of messages) {
    message.ack()
    const events = message.json<{ type: string; tenantId: string; payload: unknown }[]>()
    const own = events.filter(({ tenantId }) => tenantId === business.id)
    const signedUp = own.find(({ type }) => type === 'identity.business-signed-up')
    if (!signedUp) continue
    expect(signedUp.payload).toEqual({ ownerId: user.id, country: 'DE' })
    break
  }
  const announced = await identity.query('select type from outbox where tenant_id = $1 order by position', [
    business.id,
  ])
  expect(announced.map(({ type }) => type)).toEqual(['identity.staff-changed', 'identity.business-signed-up'])
})

test('a sign-up that fails leaves nothing behind', async () => {
  const { user } = await identity.signUp('First')
  const name = `Ghost ${randomUUID()}`
  const again = identity.anyone.signUp.mutate({ ...owner, email: user.email, company: name })
  await expect(again).rejects.toMatchObject(refusal('conflict'))
  expect(await identity.query('select from tenants where name = $1', [name])).toEqual([])
})

test('an installation of one business opens no other, also not of two at once', async () => {
  await using own = await startTestIdentity({ BUSINESSES: 'one' })
  const tried = await Promise.allSettled([own.signUp('First'), own.signUp('Second')])
  const opened = tried.filter((one) => one.status === 'fulfilled')
  expect(opened).toHaveLength(1)
  expect(tried.find((one) => one.status === 'rejected')?.reason).toMatchObject(refusal('conflict'))
  await expect(own.signUp('Third')).rejects.toMatchObject(refusal('conflict'))
  expect(await own.query('select count(*)::int as count from tenants')).toEqual([{ count: 1 }])
})

import { randomUUID } from 'node:crypto'
import { settle } from '@candor/testing/settle'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

function know(email: string, slug: string, text: string) {
  const row = { tenantId: privacy.business(slug).id, email, visitorId: randomUUID(), text }
  privacy.holders.chat.rows.push(row)
}

const lettersTo = (to: string) => privacy.mailbox.letters.filter((letter) => letter.to === to)

test('one proof serves every business that knows the address; each is notified and sees its own part alone', async () => {
  const email = 'everywhere@example.org'
  know(email, 'shop', 'told the shop')
  know(email, 'rival', 'told the rival')
  const { client, request } = await privacy.prove('access', email, null)
  expect(request.business).toBeNull()
  await privacy.completed(client, request.id)

  const own = await client.listRequests.query()
  expect(own.map(({ business }) => business?.slug ?? null).toSorted()).toEqual(
    ['rival', 'shop', null].toSorted(),
  )
  for (const slug of ['shop', 'rival']) {
    const part = own.find(({ business }) => business?.slug === slug)!
    expect(part).toMatchObject({ isDirect: true, state: 'in-progress' })
    const answer = JSON.stringify(await client.getAccessAnswer.query({ requestId: part.id }))
    expect(answer).toContain(`told the ${slug}`)
    expect(answer).not.toContain(slug === 'shop' ? 'told the rival' : 'told the shop')
    const seen = await (await privacy.staff(slug, 'owner')).listRequests.query()
    expect(seen.map(({ id }) => id)).toEqual([part.id])
    expect(JSON.stringify(seen)).not.toContain(privacy.business(slug === 'shop' ? 'rival' : 'shop').name)
    await settle(() => expect(lettersTo(`owner@${slug}.example`)).toHaveLength(1))
  }
  const shopPart = own.find(({ business }) => business?.slug === 'shop')!
  const rivalPart = own.find(({ business }) => business?.slug === 'rival')!
  const rival = await privacy.staff('rival', 'owner')
  expect(await refusal(rival.getRequest.query({ requestId: shopPart.id }))).toBe('not-found')
  expect(await refusal(rival.getRequest.query({ requestId: request.id }))).toBe('not-found')
  const bound = await privacy.subject(rivalPart.id, 'rival')
  expect(await refusal(bound.getRequest.query({ requestId: shopPart.id }))).toBe('not-found')
})

test('nobody is asked about an address before it is proven, and an unknown one ends in nothing', async () => {
  for (const holder of Object.values(privacy.holders)) holder.calls = []
  const opened = await privacy.as().openRequest.mutate({ kind: 'erasure', email: 'unknown@example.org' })
  expect(opened).toMatchObject({ state: 'awaiting-proof', business: null })
  expect(Object.values(privacy.holders).flatMap(({ calls }) => calls)).toEqual([])
  const { client, request } = await privacy.prove('erasure', 'unknown@example.org', null)
  await privacy.completed(client, request.id)
  expect(await client.listRequests.query()).toHaveLength(1)
})

test('an erasure asked of everybody is one at each business, with a receipt each', async () => {
  const email = 'gone@example.org'
  know(email, 'shop', 'one')
  know(email, 'rival', 'two')
  const { client, request } = await privacy.prove('erasure', email, null)
  // A service may take longer than it is given when the machine is busy; the retry comes due by the clock.
  await privacy.completed(client, request.id, 500)
  const parts = (await client.listRequests.query()).filter(({ business }) => business !== null)
  expect(parts).toHaveLength(2)
  for (const { id } of parts) {
    await privacy.completed(client, id, 500)
    expect(await client.getReceipt.query({ requestId: id })).toMatchObject({ receipt: { requestId: id } })
  }
  expect(privacy.holders.chat.rows.filter((row) => row.email === email)).toEqual([])
})

test('passing on that is cut short and repeated opens each part and tells each business once', async () => {
  const email = 'twice@example.org'
  know(email, 'shop', 'one')
  know(email, 'rival', 'two')
  const before = lettersTo('owner@shop.example').length
  let stopped: Promise<void> | undefined
  privacy.holders.transcripts.onCall = (called) => {
    if (called === 'findTenants') stopped ??= privacy.stop()
  }
  const { request } = await privacy.prove('access', email, null)
  await settle(() => expect(stopped).toBeDefined())
  await stopped
  privacy.holders.transcripts.onCall = () => {}
  await privacy.restart()
  const client = privacy.as(await privacy.platformToken(request.id))
  await privacy.completed(client, request.id)
  expect(await client.listRequests.query()).toHaveLength(3)
  await settle(() => expect(lettersTo('owner@shop.example')).toHaveLength(before + 1))
})

import { randomUUID } from 'node:crypto'
import { pdfCharacters } from '@candor/testing/pdf-characters'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => {
  privacy = await startTestPrivacy()
})
afterAll(() => privacy[Symbol.asyncDispose]())

const services = ['identity', 'chat', 'billing', 'transcripts', 'privacy']

test('the answer names all five services, and each holding tells the six things the law asks for', async () => {
  const tenantId = privacy.business('shop').id
  privacy.holders.chat.rows.push({
    tenantId,
    email: 'ada@example.org',
    visitorId: randomUUID(),
    text: 'hello',
  })
  const { client, request } = await privacy.prove('access', 'ada@example.org')
  const answer = await client.getAccessAnswer.query({ requestId: request.id })

  expect(answer.business).toEqual({ name: 'Shop & Sons', slug: 'shop' })
  expect(answer.services.map(({ service }) => service)).toEqual(services)
  const holdings = answer.services.flatMap((service) => service.holdings)
  expect(holdings.map(({ table }) => table)).toEqual(['rows', 'requests', 'sealed_addresses'])
  for (const holding of holdings) {
    const { category, purposes, legalBasis, recipients, retention, source } = holding
    for (const told of [category, purposes, legalBasis, recipients, retention, source])
      expect(told.length).toBeGreaterThan(0)
  }
  expect(answer.rights.map(({ law }) => law)).toContain('GDPR article 17')
  expect(holdings[0]!.records).toEqual([{ email: 'ada@example.org', text: 'hello' }])
})

test('what one service knows by address leads the others to rows that carry only an id', async () => {
  const tenantId = privacy.business('shop').id
  const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()]
  const email = 'way@example.org'
  privacy.holders.transcripts.rows.push({ tenantId, email, visitorId: one, text: 'first' })
  privacy.holders.chat.rows.push({ tenantId, email, visitorId: two, text: 'second' })
  privacy.holders.identity.rows.push({ tenantId, email: '', visitorId: two, text: 'third' })
  privacy.holders.billing.rows.push({ tenantId, email: '', visitorId: three, text: 'a stranger' })
  const { client, request } = await privacy.prove('access', email)
  const answer = JSON.stringify(await client.getAccessAnswer.query({ requestId: request.id }))
  for (const text of ['first', 'second', 'third']) expect(answer).toContain(text)
  expect(answer).not.toContain('a stranger')
})

test('the first answer completes the request, and it can be read again', async () => {
  const { client, request } = await privacy.prove('access', 'again@example.org')
  await client.getAccessAnswer.query({ requestId: request.id })
  const completed = await client.getRequest.query({ requestId: request.id })
  expect(completed).toMatchObject({ state: 'completed', hasReceipt: false, completedAt: expect.any(String) })
  privacy.clock.advance(1_000)
  await client.getAccessAnswer.query({ requestId: request.id })
  expect(await client.getRequest.query({ requestId: request.id })).toEqual(completed)
})

test('while any service is away there is no answer rather than part of one', async () => {
  const { client, request } = await privacy.prove('access', 'part@example.org')
  for (const holder of Object.values(privacy.holders)) {
    for (const procedure of ['locateSubject', 'exportSubject'] as const) {
      holder.refusing.add(procedure)
      expect(await refusal(client.getAccessAnswer.query({ requestId: request.id }))).toBe('unavailable')
      holder.refusing.delete(procedure)
    }
    await holder.leave()
    expect(await refusal(client.getAccessAnswer.query({ requestId: request.id }))).toBe('unavailable')
    holder.come()
    expect(await client.getRequest.query({ requestId: request.id })).toMatchObject({ state: 'in-progress' })
  }
  expect((await client.getAccessAnswer.query({ requestId: request.id })).services).toHaveLength(5)
})

test('an erasure request has no access answer', async () => {
  const { client, request } = await privacy.prove('erasure', 'kind@example.org')
  expect(await refusal(client.getAccessAnswer.query({ requestId: request.id }))).toBe('not-found')
})

test('the answer can be had as a PDF that holds the same, in any script, and completes the request too', async () => {
  const tenantId = privacy.business('shop').id
  const text = 'Привет, Ελένη, żółw'
  privacy.holders.chat.rows.push({ tenantId, email: 'pdf@example.org', visitorId: randomUUID(), text })
  const { client, request } = await privacy.prove('access', 'pdf@example.org')
  const { filename, mediaType, content } = await client.getAccessPdf.query({ requestId: request.id })
  expect([filename.endsWith('.pdf'), mediaType]).toEqual([true, 'application/pdf'])
  const pdf = Buffer.from(content, 'base64')
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.toString('latin1')).toContain('What Shop & Sons holds about you')
  const written = pdfCharacters(pdf)
  for (const character of text.replace(/[ ,]/g, '')) expect(written).toContain(character)
  expect(await client.getRequest.query({ requestId: request.id })).toMatchObject({ state: 'completed' })
})

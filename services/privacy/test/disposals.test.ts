import { randomUUID } from 'node:crypto'
import type { DayOfDisposals } from '@candor/contracts/disposals'
import { settle } from '@candor/testing/settle'
import { jetstream } from '@nats-io/jetstream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf } from '../src/domain/audit/record-act.ts'
import { readReceiptFile } from '../src/domain/receipt-file.ts'
import { tellReceipt } from '../src/domain/tell-receipt.ts'
import { refusal, startTestPrivacy } from './start-privacy.ts'
import type { TestPrivacy } from './start-privacy.ts'

let privacy: TestPrivacy
beforeAll(async () => void (privacy = await startTestPrivacy()))
afterAll(() => privacy[Symbol.asyncDispose]())

const gone: DayOfDisposals = {
  day: '2026-11-20',
  disposals: [
    {
      table: 'conversations',
      category: 'usage-facts',
      disposition: 'anonymise',
      records: 3,
      policyVersion: 2,
      overBy: '2026-11-20T23:00:00.000Z',
    },
  ],
}

async function chatTells(slug: string, day: DayOfDisposals) {
  const [id, tenantId] = [randomUUID(), privacy.business(slug).id]
  const envelope = {
    id,
    type: 'chat.chat-disposed',
    tenantId,
    streamKey: `disposals-${tenantId}`,
    subjectId: null,
    occurredAt: privacy.clock.now().toISOString(),
    traceparent: null,
    payload: day,
  }
  const nats = await privacy.nats.connect('chat')
  // Told twice, as a broker may.
  for (const msgID of [id, randomUUID()])
    await jetstream(nats).publish('events.chat.chat-disposed', JSON.stringify(envelope), { msgID })
}

test('what a service disposed of is receipted once: signed, listed for the business alone, in its audit log, checked offline', async () => {
  const owner = await privacy.staff('shop', 'owner')
  await chatTells('shop', gone)
  const [file] = await settle(async () => {
    const found = await owner.listDisposals.query({})
    expect(found).toHaveLength(1)
    return found
  })
  const { receipt, jws } = file!
  expect(receipt).toMatchObject({ businessId: privacy.business('shop').id, service: 'chat', ...gone })
  const told = tellReceipt(await readReceiptFile(JSON.stringify(file), undefined))
  expect(told).toContain(
    'conversations: usage-facts of 3 rows made anonymous, as version 2 of the notice says',
  )
  const more = { ...receipt, disposals: [{ ...gone.disposals[0]!, records: 2 }] }
  await expect(readReceiptFile(JSON.stringify({ ...file, receipt: more }), undefined)).rejects.toThrow(
    'something else than what was signed',
  )
  const forged = jws.replace(/\.[^.]*\./, `.${Buffer.from(JSON.stringify(more)).toString('base64url')}.`)
  await expect(readReceiptFile(forged, JSON.stringify(file!.publicKey))).rejects.toThrow('does not fit')
  // It is no receipt of an erasure.
  expect(await privacy.as().verifyReceipt.query({ jws })).toMatchObject({ valid: false })

  const { entries } = await owner.listAuditEntries.query({ object: receipt.id })
  expect(entries).toMatchObject([{ what: 'disposal-receipt-issued', detail: digestOf(jws) }])
  expect(await (await privacy.staff('rival', 'owner')).listDisposals.query({})).toEqual([])
  expect(await refusal((await privacy.staff('shop', 'agent')).listDisposals.query({}))).toBe('forbidden')
})

test('what privacy itself disposed of is receipted when the day is over, and not before', async () => {
  const owner = await privacy.staff('rival', 'owner')
  const today = privacy.clock.now().toISOString().slice(0, 10)
  await privacy.query(
    `insert into disposals values ($1, $2, 'consent_log', 'consent-records', 'delete', 1, 4, now())`,
    [privacy.business('rival').id, today],
  )
  await chatTells('rival', gone)
  await settle(async () => expect(await owner.listDisposals.query({})).toHaveLength(1))
  privacy.clock.set(new Date(privacy.clock.now().getTime() + 86_400_000).toISOString())
  const [own] = await settle(async () => {
    const found = await owner.listDisposals.query({})
    expect(found).toHaveLength(2)
    return found
  })
  expect(own!.receipt).toMatchObject({
    service: 'privacy',
    day: today,
    disposals: [{ table: 'consent_log', records: 4 }],
  })
  expect(await owner.listDisposals.query({ before: own!.receipt.id, limit: 1 })).toMatchObject([
    { receipt: { service: 'chat' } },
  ])
})

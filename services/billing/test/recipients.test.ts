import { randomUUID } from 'node:crypto'
import { putRules } from '@candor/events/policy-bucket'
import { firstVersion } from '@candor/policy/in-force'
import { settle } from '@candor/testing/settle'
import { expect, test } from 'vitest'
import { germanBuyer, startTestBilling } from './start-billing.ts'

test('nothing goes to a payment provider that the notice of the business does not name, and that is counted', async () => {
  await using billing = await startTestBilling()
  const [named, unnamed] = [randomUUID(), randomUUID()]
  const { policy } = firstVersion
  const recipients = policy.recipients.map((one) => (one.id === 'sandbox' ? { ...one, hosts: [] } : one))
  await putRules(await billing.nats.connect('privacy'), {
    tenantId: unnamed,
    revision: 1,
    versions: [{ ...firstVersion, policy: { ...policy, recipients } }],
    holds: [],
  })
  const buy = async (tenantId: string) =>
    (await billing.staff(tenantId)).startCheckout.mutate({ planId: 'starter', details: germanBuyer })
  await settle(() => expect(buy(unnamed)).rejects.toMatchObject({ data: { reason: 'forbidden' } }))
  expect(await billing.metrics()).toMatch(
    /outgoing_calls_total{recipient="sandbox",outcome="refused",.*} [1-9]/,
  )
  expect((await buy(named)).checkoutUrl).toContain(billing.payments.url)
})

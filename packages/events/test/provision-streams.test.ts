import { eventStream, ledgerStream, policyStream } from '@candor/contracts/subjects'
import { startTestNats } from '@candor/testing/test-nats'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { nanos, TimeoutError } from '@nats-io/transport-node'
import { expect, test } from 'vitest'
import { provisionStreams } from '../src/provision-streams.ts'
import { tellAgain } from '../src/tell-again.ts'

test('a stream and a consumer that differ are brought back, and what they hold stays', async () => {
  await using nats = await startTestNats()
  const admin = await nats.connect('admin')
  const manager = await jetstreamManager(admin)
  const held = async () => {
    const { config: stream, state } = await manager.streams.info(eventStream)
    const { config: consumer, num_pending } = await manager.consumers.info(eventStream, 'billing-from-chat')
    return { maxAge: stream.max_age, atOnce: consumer.max_ack_pending, stored: state.messages, num_pending }
  }
  ;(await nats.connect('chat')).publish('events.chat.message-posted', '{}')
  await expect.poll(held).toMatchObject({ stored: 1, num_pending: 1 })
  const asDefined = await held()

  await manager.streams.update(eventStream, { max_age: nanos(86_400_000) })
  await manager.consumers.update(eventStream, 'billing-from-chat', { max_ack_pending: 50 })
  expect(await held()).not.toEqual(asDefined)
  await provisionStreams(admin)
  expect(await held()).toEqual(asDefined)
})

test('who is to be told again is told again by a second attempt too, where the first was cut short', async () => {
  await using nats = await startTestNats()
  const admin = await nats.connect('admin')
  const { consumers } = await jetstreamManager(admin)
  ;(await nats.connect('chat')).publish('events.chat.message-posted', '{}')
  const pending = async (name: string) => (await consumers.info(eventStream, name)).num_pending
  await expect.poll(() => pending('billing-from-chat')).toBe(1)
  const billing = await jetstream(await nats.connect('billing')).consumers.get(
    eventStream,
    'billing-from-chat',
  )
  await (await billing.next())!.ackAck()
  expect(await pending('billing-from-chat')).toBe(0)

  await consumers.delete(eventStream, 'billing-from-chat')
  await tellAgain(admin, ['billing'])
  expect(await pending('billing-from-chat')).toBe(1)
})

test('a stream that cannot be asked about is not taken for a missing one, and nothing is made', async () => {
  await using nats = await startTestNats()
  const admin = await nats.connect('admin')
  const manager = await jetstreamManager(admin)
  for (const name of [eventStream, policyStream]) await manager.streams.delete(name)
  const request = admin.request.bind(admin)
  admin.request = (subject, ...rest) =>
    subject.endsWith(`STREAM.INFO.${eventStream}`)
      ? Promise.reject(new TimeoutError())
      : request(subject, ...rest)
  await expect(provisionStreams(admin)).rejects.toThrow('timeout')
  expect((await manager.streams.list().next()).map(({ config }) => config.name)).toEqual([ledgerStream])
})

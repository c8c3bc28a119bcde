import { eventStream } from '@candor/contracts/subjects'
import { startTestNats } from '@candor/testing/test-nats'
import { jetstreamManager } from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import { expect, test } from 'vitest'
import { provisionStreams } from '../src/provision-streams.ts'

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

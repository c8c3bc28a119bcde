import { ServiceError } from '@candor/rpc/service-error'
import { streamEvents } from '@candor/rpc/stream-events'
import { expect, test } from 'vitest'

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

test('a stream that its handler refuses leaves nothing waiting', async () => {
  const { signal } = new AbortController()
  const refuse = () => {
    throw new ServiceError('bad-input', 'name one')
  }
  const before = timers()
  const stream = streamEvents(
    {} as never,
    refuse,
    {},
    { signal: () => signal } as never,
    { ctx: {} as never },
    { stopping: signal },
  )
  await expect(stream.next()).rejects.toThrow('name one')
  expect(timers()).toBe(before)
})

import { ServiceError } from '@candor/rpc/service-error'
import { createStreams } from '@candor/rpc/stream-events'
import { expect, test } from 'vitest'

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length

test('a stream that its handler refuses leaves nothing waiting', async () => {
  const { signal } = new AbortController()
  const refuse = () => {
    throw new ServiceError('bad-input', 'name one')
  }
  const before = timers()
  const open = createStreams({ stopping: signal })
  const stream = open({} as never, refuse, {}, {} as never, {} as never)
  await expect(stream({ take: () => {}, onGone: () => {} })).rejects.toThrow('name one')
  expect(timers()).toBe(before)
})

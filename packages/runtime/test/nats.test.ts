import { connectNats } from '@candor/runtime/nats'
import { startTestNats } from '@candor/testing/test-nats'
import { expect, test } from 'vitest'
import { capturedLog } from './captured-log.ts'

test('whoever waits for a broker that cannot be spoken to says so, and comes in when it can', async () => {
  await using nats = await startTestNats()
  const { lines, log } = capturedLog()
  const connecting = nats.restart(async () => {
    void connectNats({ url: nats.url, seed: nats.seeds.chat, name: 'chat', log }).then((connected) => {
      log.info({}, 'in')
      return connected.close()
    })
    await expect.poll(lines).toContainEqual(expect.objectContaining({ level: 'warn' }))
    expect(lines()).toEqual([
      expect.objectContaining({ level: 'warn', msg: 'NATS is not reached; the doctor says why' }),
    ])
  })
  await connecting
  await expect.poll(lines).toContainEqual(expect.objectContaining({ msg: 'in' }))
})

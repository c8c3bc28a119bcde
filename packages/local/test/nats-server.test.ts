import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { expect, test } from 'vitest'
import { findNatsServer } from '../src/servers/find-nats-server.ts'
import { startNats } from '../src/servers/nats-server.ts'
import { temporaryFolder } from './folder.ts'

test('nats-server is found or fetched, and JetStream keeps what was published over a restart', async () => {
  using folder = temporaryFolder()
  const first = await startNats({ storeDir: folder.path })
  const nats = await connect({ servers: first.url })
  await (await jetstreamManager(nats)).streams.add({ name: 'facts', subjects: ['facts.>'] })
  await jetstream(nats).publish('facts.one', 'kept')
  await nats.close()
  await first.stop()

  const second = await startNats({ storeDir: folder.path })
  const again = await connect({ servers: second.url })
  const message = await (await jetstreamManager(again)).streams.getMessage('facts', { seq: 1 })
  expect(message?.string()).toBe('kept')
  await again.close()
  await second.stop()
})

test('a configuration the server refuses is reported in its words', async () => {
  using folder = temporaryFolder()
  const starting = startNats({ storeDir: folder.path, configText: 'nonsense { ' })
  await expect(starting).rejects.toThrow(/^nats-server ended with exit code 1:\n.*Parse error on line \d/)
})

test('CANDOR_NATS_SERVER wins over everything, and is refused when it names no program', async () => {
  using folder = temporaryFolder()
  const program = join(folder.path, 'mine')
  writeFileSync(program, '', { mode: 0o755 })
  expect(await findNatsServer({ ...noTools(folder.path), natsServer: program })).toBe(program)
  const missing = findNatsServer({ ...noTools(folder.path), natsServer: '/nowhere/nats-server' })
  await expect(missing).rejects.toThrow(
    'CANDOR_NATS_SERVER names /nowhere/nats-server, which is not a program',
  )
})

function noTools(folder: string) {
  return { natsServer: undefined, chromium: undefined, path: '', cacheDir: folder, fallbackCacheDir: folder }
}

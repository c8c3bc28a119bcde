import { setTimeout as delay } from 'node:timers/promises'
import { createLogger } from '@candor/runtime/logger'
import { runUntilSignal } from '@candor/runtime/lifecycle'

const kind = process.argv[2]
const say = (line: string) => process.stdout.write(`${line}\n`)
const log = createLogger({ service: 'life', level: 'silent' })
/** Something that keeps a process alive, as an open connection does. */
const keepAlive = setInterval(() => {}, 1_000)

await runUntilSignal(
  log,
  async (lifecycle) => {
    lifecycle.onStop('database', async () => {
      if (kind === 'hanging') await delay(60_000)
      clearInterval(keepAlive)
      say('stopped database')
    })
    if (kind === 'failing') throw new Error('no broker today')
    say('up')
    if (kind === 'waiting') await delay(60_000)
    lifecycle.onStop('door', () => say('stopped door'))
  },
  { deadlineMs: 300, drainAfterMs: kind === 'leaving' ? 400 : 0 },
)

import type { ServiceName } from '@candor/contracts/callers'
import { pause } from '@candor/runtime/pause'
import pg from 'pg'
import type { Platform } from '../platform/start-platform.ts'

/** A letter in the hands of a process that died is taken up after a minute. Nobody here has that minute. */
export function hurryLetters(platform: Platform): AsyncDisposable {
  const stopping = new AbortController()
  const finished = Promise.all(mailing.map(hurry))

  async function hurry(service: ServiceName): Promise<void> {
    const client = new pg.Client(platform.databaseOf(service))
    await client.connect()
    while (!stopping.signal.aborted) {
      await client.query(`update mail_schedule set due_at = to_timestamp(0) where due_at > to_timestamp(0)`)
      await pause(1_000, stopping.signal)
    }
    await client.end()
  }

  return {
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await finished
    },
  }
}

const mailing: ServiceName[] = ['identity', 'chat', 'transcripts', 'privacy']

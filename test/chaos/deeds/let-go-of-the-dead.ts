import type { ServiceName } from '@candor/contracts/callers'
import { pause } from '@candor/runtime/pause'
import pg from 'pg'
import type { Platform } from '../platform/start-platform.ts'

/**
 * What a process had in hand when it died is taken up after its lease: a letter after a minute, a request after fifteen
 * seconds. Nobody here has that time, so the leases of the dead end with them.
 */
export function letGoOfTheDead(platform: Platform): AsyncDisposable {
  const stopping = new AbortController()
  const finished = Promise.all(Object.keys(leases).map((service) => watch(service as keyof typeof leases)))

  async function watch(service: keyof typeof leases): Promise<void> {
    const client = new pg.Client(platform.databaseOf(service))
    await client.connect()
    const { pid } = platform.children[service]!
    for (let known = pid(); !stopping.signal.aborted; known = pid()) {
      await pause(everyMs, stopping.signal)
      if (pid() !== known) for (const statement of leases[service]) await client.query(statement)
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

const everyMs = 50
const letters = 'update mail_schedule set due_at = to_timestamp(0)'
const requests = 'update saga_queue set lease = null, leased_until = null'

const leases = {
  identity: [letters],
  chat: [letters],
  transcripts: [letters],
  privacy: [letters, requests],
} satisfies Partial<Record<ServiceName, string[]>>

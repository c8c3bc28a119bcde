import { Config } from '@candor/chat/config'
import { migrations } from '@candor/chat/migrations'
import { freePorts } from '@candor/local/processes/free-port'
import { readConfig } from '@candor/runtime/config'
import { examineService } from '@candor/service/doctor/examine-service'
import { createTestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import pg from 'pg'
import { onTestFinished } from 'vitest'

/** What chat stands on, in good health, and its doctor. */
export async function startPatient() {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await createTestDatabase({ service: 'chat', migrations }))
  const nats = stack.use(await startTestNats())
  const [operationsPort] = await freePorts(1)
  const healthy = {
    DATABASE_URL: database.appUrl,
    NATS_URL: nats.url,
    NATS_SEED: nats.seeds.chat,
    LISTEN_ON: '127.0.0.1',
    HTTP_PORT: '0',
    OPERATIONS_PORT: String(operationsPort),
    PUBLIC_URL: 'http://localhost:8080',
  }
  return {
    database,
    nats,
    admin: await nats.connect('admin'),
    healthy,
    /** What the doctor says where these settings differ, and of which checks it is that something is wrong. */
    async examine(settings: Record<string, string> = {}) {
      const lines: string[] = []
      const config = readConfig(Config, { ...healthy, ...settings })
      const tell = (line: string) => void lines.push(line)
      const ill = await examineService({ service: 'chat', config, migrations, also: [] }, tell)
      const wrong = lines.flatMap((line) => /^chat +WRONG +([\w ]+?) {2}/.exec(line)?.[1] ?? [])
      if (wrong.length !== ill) throw new Error(`${ill} found wrong, and told:\n${lines.join('\n')}`)
      return { wrong, text: lines.join('\n') }
    },
    /** As PostgreSQL's administrator; `undo` after the test. */
    async run(statement: string, undo?: string): Promise<void> {
      await query(database.superuserUrl, statement)
      if (undo) onTestFinished(() => query(database.superuserUrl, undo))
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export type Patient = Awaited<ReturnType<typeof startPatient>>

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

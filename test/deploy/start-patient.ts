import type { ServiceName } from '@candor/contracts/callers'
import { freePorts } from '@candor/local/processes/free-port'
import type { Check } from '@candor/runtime/check-up'
import { readConfig } from '@candor/runtime/config'
import type { ServiceEnvironment } from '@candor/runtime/config'
import type { NamedMigration } from '@candor/runtime/migrate'
import { examineService } from '@candor/service/doctor/examine-service'
import { createTestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import type { z } from 'zod'

/** What a service stands on, in good health, and its doctor. */
export async function startPatient<Config extends z.infer<typeof ServiceEnvironment>>({
  service,
  schema,
  migrations,
  also = () => [],
  settings: own = {},
}: Kind<Config>) {
  const stack = new AsyncDisposableStack()
  const database = stack.use(await createTestDatabase({ service, migrations }))
  const nats = stack.use(await startTestNats())
  const [operationsPort] = await freePorts(1)
  const healthy = {
    DATABASE_URL: database.appUrl,
    NATS_URL: nats.url,
    NATS_SEED: nats.seeds[service],
    LISTEN_ON: '127.0.0.1',
    HTTP_PORT: '0',
    OPERATIONS_PORT: String(operationsPort),
    PUBLIC_URL: 'http://localhost:8080',
    ...own,
  }
  return {
    database,
    nats,
    admin: await nats.connect('admin'),
    healthy,
    /** What the doctor says where these settings differ, and of which checks it is that something is wrong. */
    async examine(settings: Record<string, string> = {}) {
      const lines: string[] = []
      const config = readConfig(schema, { ...healthy, ...settings })
      const tell = (line: string) => void lines.push(line)
      const ill = await examineService({ service, config, migrations, also: also(config) }, tell)
      const wrong = lines.flatMap((line) => /^\w+ +WRONG +([\w ]+?) {2}/.exec(line)?.[1] ?? [])
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

interface Kind<Config> {
  readonly service: ServiceName
  readonly schema: z.ZodType<Config>
  readonly migrations: readonly NamedMigration[]
  readonly also?: (config: Config) => readonly Check[]
  /** What only this service reads. */
  readonly settings?: Record<string, string>
}

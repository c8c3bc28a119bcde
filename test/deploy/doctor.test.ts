import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createTlsServer } from 'node:tls'
import type { AddressInfo } from 'node:net'
import { Config as ChatConfig } from '@candor/chat/config'
import { migrations } from '@candor/chat/migrations'
import { eventStream, policyStream } from '@candor/contracts/subjects'
import { provisionStreams } from '@candor/events/provision-streams'
import { rootDir } from '@candor/local/config'
import { freePorts } from '@candor/local/processes/free-port'
import { readConfig } from '@candor/runtime/config'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { serveOperations } from '@candor/runtime/operations-server'
import { databaseUrl } from '@candor/runtime/provision-database'
import { examineService } from '@candor/service/doctor/examine-service'
import { createTestDatabase } from '@candor/testing/test-database'
import type { TestDatabase } from '@candor/testing/test-database'
import { startTestNats } from '@candor/testing/test-nats'
import type { TestNats } from '@candor/testing/test-nats'
import { createUser } from '@nats-io/nkeys'
import { jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { makeCertificate } from './make-certificate.ts'

const stack = new AsyncDisposableStack()
let database: TestDatabase
let nats: TestNats
let admin: NatsConnection
let healthy: Record<string, string>
beforeAll(async () => {
  database = stack.use(await createTestDatabase({ service: 'chat', migrations }))
  nats = stack.use(await startTestNats())
  admin = await nats.connect('admin')
  const [operationsPort] = await freePorts(1)
  healthy = {
    DATABASE_URL: database.appUrl,
    NATS_URL: nats.url,
    NATS_SEED: nats.seeds.chat,
    LISTEN_ON: '127.0.0.1',
    HTTP_PORT: '0',
    OPERATIONS_PORT: String(operationsPort),
    PUBLIC_URL: 'http://localhost:8080',
  }
})
afterAll(() => stack.disposeAsync())

/** What chat's doctor says of an installation with these settings, and of which checks it is that something is wrong. */
async function examine(settings: Record<string, string> = {}) {
  const lines: string[] = []
  const config = readConfig(ChatConfig, { ...healthy, ...settings })
  const ill = await examineService(
    { service: 'chat', config, migrations, also: [] },
    (line) => void lines.push(line),
  )
  const wrong = lines.flatMap((line) => /^chat +WRONG +([\w ]+?) {2}/.exec(line)?.[1] ?? [])
  expect(wrong).toHaveLength(ill)
  return { wrong, text: lines.join('\n') }
}

/** As PostgreSQL's administrator. Taken back after the test by `undo`. */
async function plant(statement: string, undo?: string): Promise<void> {
  const run = async (text: string) => {
    const client = new pg.Client({ connectionString: database.superuserUrl })
    await client.connect()
    await client.query(text).finally(() => client.end())
  }
  await run(statement)
  if (undo) onTestFinished(() => run(undo))
}

const elsewhere = async () => `127.0.0.1:${(await freePorts(1))[0]}`

test('nothing is found where nothing is wrong', async () => {
  const { wrong, text } = await examine()
  expect(wrong, text).toEqual([])
  expect(text).toMatch(/ok +permissions +(\d+) of \1 granted, 4 of 4 others refused/)
})

const faults: Fault[] = [
  {
    fault: 'a database that is away',
    plant: async () => ({ DATABASE_URL: `postgres://chat_app:x@${await elsewhere()}/candor_chat` }),
    wrong: ['database'],
    says: /network policy/,
  },
  {
    fault: 'a database that is not there',
    plant: async () => ({ DATABASE_URL: databaseUrl(database.appUrl, { database: 'nowhere' }) }),
    wrong: ['database'],
    says: /provisioning job, then the migration job/,
  },
  {
    fault: 'a database in production that anybody on the way can listen to',
    plant: async () => ({
      NODE_ENV: 'production',
      DATABASE_URL: database.appUrl.replace('127.0.0.1', 'localhost'),
    }),
    wrong: ['database'],
    says: /not encrypted\n.*sslmode=verify-full/,
  },
  {
    fault: 'a pool larger than what the role may have',
    plant: async () => {
      await plant('alter role chat_app connection limit 150', 'alter role chat_app connection limit -1')
      return { DATABASE_POOL_SIZE: '151' }
    },
    wrong: ['database role'],
    says: /pool takes 151 connections, and chat_app may have 150[^]*CHAT_CONNECTIONS_MAX/,
  },
  {
    fault: 'the role that migrates in place of the one that serves',
    plant: async () => ({ DATABASE_URL: database.migratorUrl }),
    wrong: ['database role'],
    says: /this is the role chat_migrator\n.*address of chat_app/,
  },
  {
    fault: 'the role of the administrator',
    plant: async () => ({ DATABASE_URL: database.superuserUrl }),
    wrong: ['database role'],
    says: /is a superuser[^]*passes over row-level security/,
  },
  {
    fault: 'a role that may make tables',
    plant: async () =>
      plant('grant create on schema public to chat_app', 'revoke create on schema public from chat_app'),
    wrong: ['database role'],
    says: /chat_app may create tables/,
  },
  {
    fault: 'a role that may empty tables at once',
    plant: async () =>
      plant('grant truncate on outbox to chat_app', 'revoke truncate on outbox from chat_app'),
    wrong: ['database role'],
    says: /may empty 1 tables at once/,
  },
  {
    fault: 'a migration that has not been applied',
    plant: async () => {
      const { name } = migrations.at(-1)!
      await plant(
        `update kysely_migration set name = 'was-${name}' where name = '${name}'`,
        `update kysely_migration set name = '${name}' where name = 'was-${name}'`,
      )
    },
    wrong: ['migrations'],
    says: /has not been applied\n.*migration job/,
  },
  {
    fault: 'a clock that was moved',
    plant: async () => ({ CLOCK_OFFSET_MS: '120000' }),
    wrong: ['clock'],
    says: /differ by 120\.\d s/,
  },
  {
    fault: 'a broker that is away',
    plant: async () => ({ NATS_URL: `nats://${await elsewhere()}` }),
    wrong: ['nats'],
    says: /skipped +permissions/,
  },
  {
    fault: 'a key that the broker does not know',
    plant: async () => ({ NATS_SEED: new TextDecoder().decode(createUser().getSeed()) }),
    wrong: ['nats'],
    says: /does not know the public half of NATS_SEED/,
  },
  {
    fault: 'the key of another service',
    plant: async () => ({ NATS_SEED: nats.seeds.billing }),
    wrong: ['permissions', 'streams'],
    says: /this user may not use rpc\.\w+\.\w+\.chat/,
  },
  {
    fault: "the administrator's key",
    plant: async () => ({ NATS_SEED: nats.seeds.admin }),
    wrong: ['permissions', 'streams'],
    says: /may, and should not, use \$JS\.API\.STREAM\.NAMES/,
  },
  {
    fault: 'a consumer that is missing',
    plant: async () => {
      await (await jetstreamManager(admin)).consumers.delete(eventStream, 'chat-from-privacy')
      onTestFinished(() => provisionStreams(admin))
    },
    wrong: ['streams'],
    says: /the consumer chat-from-privacy is not there/,
  },
  {
    fault: 'a consumer that would lose the order',
    plant: async () => {
      const manager = await jetstreamManager(admin)
      await manager.consumers.update(eventStream, 'chat-from-privacy', { max_ack_pending: 50 })
      onTestFinished(() => provisionStreams(admin))
    },
    wrong: ['streams'],
    says: /chat-from-privacy has max_ack_pending 50 and not 1/,
  },
  {
    fault: 'a stream that is missing',
    plant: async () => {
      await (await jetstreamManager(admin)).streams.delete(policyStream)
      onTestFinished(() => provisionStreams(admin))
    },
    wrong: ['streams'],
    says: /the stream KV_policies is not there/,
  },
  {
    fault: 'an event that was set aside',
    plant: async () =>
      plant(
        `insert into parked_events (event_id, tenant_id, type, stream_key, envelope, error, attempts, parked_at)
         values (gen_random_uuid(), gen_random_uuid(), 'privacy.consent-changed', 'x', '{}', 'Error', 4, now())`,
        'delete from parked_events',
      ),
    wrong: ['work'],
    says: /EventsParked\.md/,
  },
  {
    fault: 'an event that does not get out',
    plant: async () =>
      plant(
        `insert into outbox (id, tenant_id, type, stream_key, occurred_at, payload)
         values (gen_random_uuid(), gen_random_uuid(), 'chat.message-posted', 'x', now() - interval '1 hour', '{}')`,
        'delete from outbox',
      ),
    wrong: ['work'],
    says: /has waited for 36\d\d s to be published/,
  },
  {
    fault: 'a certificate that has ended',
    plant: async () => ({ PUBLIC_URL: await serveTls(new Date('2026-01-01')) }),
    wrong: ['certificates'],
    says: /public address has ended on 2026-01-01/,
  },
  {
    fault: 'a certificate that nobody we know has signed',
    plant: async () => ({ PUBLIC_URL: await serveTls(new Date(Date.now() + 90 * 86_400_000)) }),
    wrong: ['certificates'],
    says: /is not believed: DEPTH_ZERO_SELF_SIGNED_CERT/,
  },
  {
    fault: 'a service that is not ready',
    plant: async () => {
      const lifecycle = createLifecycle(createLogger({ service: 'chat', level: 'silent' }))
      onTestFinished(() => lifecycle.stop())
      const checks = { postgres: () => Promise.reject(new Error('away')) }
      const port = await serveOperations(lifecycle, {
        port: 0,
        host: '127.0.0.1',
        metrics: createMetrics('chat'),
        checks,
      })
      return { OPERATIONS_PORT: String(port) }
    },
    wrong: ['readiness'],
    says: /not ready: waiting for postgres/,
  },
]

test.for(faults)('found: $fault', async ({ plant: plantFault, wrong, says }) => {
  const settings = await plantFault()
  const found = await examine(settings ?? {})
  expect(found.wrong, found.text).toEqual(wrong)
  expect(found.text).toMatch(says)
})

test('looking stores nothing, takes no event and acknowledges none', async () => {
  const identity = await nats.connect('identity')
  identity.publish('events.identity.staff-changed', '{}')
  await identity.flush()
  const manager = await jetstreamManager(admin)
  const stored = async () => ({
    streams: (await manager.streams.list().next()).map(({ config, state }) => [config.name, state.last_seq]),
    consumers: (await manager.consumers.list(eventStream).next()).map(
      ({ name, delivered, ack_floor, num_pending, num_waiting }) => ({
        name,
        delivered: delivered.consumer_seq,
        acknowledged: ack_floor.consumer_seq,
        num_pending,
        num_waiting,
      }),
    ),
  })
  const before = await stored()
  expect(before.consumers).toContainEqual(
    expect.objectContaining({ name: 'chat-from-identity', num_pending: 1 }),
  )
  await examine()
  expect(await stored()).toEqual(before)
})

test.for([
  { settings: {}, code: 0, says: /ok +permissions/ },
  { settings: { NATS_SEED: 'none' }, code: 1, says: /NATS_SEED: the seed of a NATS user key/ },
  { settings: { SMTP_URL: 'smtp://127.0.0.1:1' }, code: 1, says: /WRONG +mail[^]*Check SMTP_URL/ },
])('as a command it exits by what it found: $settings', async ({ settings, code, says }) => {
  const doctor = spawn(process.execPath, [`${rootDir}/services/chat/src/doctor.ts`], {
    env: { PATH: process.env.PATH, ...healthy, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed, [exitCode]] = await Promise.all([doctor.stdout.toArray(), once(doctor, 'exit')])
  expect(printed.join('')).toMatch(says)
  expect(exitCode).toBe(code)
})

/** A server whose certificate ends when told. Answers its address. */
async function serveTls(validTo: Date): Promise<string> {
  const server = createTlsServer(makeCertificate(validTo))
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `https://localhost:${(server.address() as AddressInfo).port}`
}

interface Fault {
  fault: string
  /** Answers the settings that differ. */
  plant: () => Promise<Record<string, string> | void>
  wrong: string[]
  says: RegExp
}

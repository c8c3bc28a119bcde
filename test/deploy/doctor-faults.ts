import { migrations } from '@candor/chat/migrations'
import { eventStream, policyStream } from '@candor/contracts/subjects'
import { provisionStreams } from '@candor/events/provision-streams'
import { freePorts } from '@candor/local/processes/free-port'
import { createLifecycle } from '@candor/runtime/lifecycle'
import { createLogger } from '@candor/runtime/logger'
import { createMetrics } from '@candor/runtime/metrics'
import { serveOperations } from '@candor/runtime/operations-server'
import { databaseUrl } from '@candor/runtime/provision-database'
import { createUser } from '@nats-io/nkeys'
import { jetstreamManager } from '@nats-io/jetstream'
import { onTestFinished } from 'vitest'
import { serveBroker, serveDatabase, servePages } from './certified-servers.ts'
import { fallSilent, serveNoStreams, serveRefusal } from './ill-servers.ts'
import type { Patient } from './start-patient.ts'
import { startSilent } from './start-silent.ts'

/** What can be wrong with an installation, each planted for the time of one test. */
export const faults: readonly Fault[] = [
  {
    fault: 'a database that is away',
    plant: async () => ({ DATABASE_URL: `postgres://chat_app:x@${await elsewhere()}/candor_chat` }),
    wrong: ['database'],
    says: /network policy/,
  },
  {
    fault: 'a database that is not there',
    plant: async ({ database }) => ({ DATABASE_URL: databaseUrl(database.appUrl, { database: 'nowhere' }) }),
    wrong: ['database'],
    says: /provisioning job, then the migration job/,
  },
  {
    fault: 'a database that takes the call and is silent',
    plant: async () => ({
      DATABASE_URL: `postgres://chat_app:x@127.0.0.1:${await startSilent()}/candor_chat`,
    }),
    wrong: ['database'],
    says: /connection timeout\n.*network policy/,
  },
  {
    fault: 'a database that lets nobody in from here',
    plant: async () => ({
      DATABASE_URL: await serveRefusal('28000', 'no pg_hba.conf entry for host "10.0.0.1", no encryption'),
    }),
    wrong: ['database'],
    says: /no pg_hba\.conf entry[^\n]*\n.*pg_hba\.conf of the server[^\n]*sslmode/,
  },
  {
    fault: 'a role that was shut out',
    plant: async ({ run }) => run('alter role chat_app nologin', 'alter role chat_app login'),
    wrong: ['database'],
    says: /not permitted to log in\n.*DATABASE_URL is to name the other one/,
  },
  {
    fault: 'an authority of the database that is not mounted',
    plant: async ({ database }) => ({
      DATABASE_URL: `${database.appUrl}?sslmode=verify-full&sslrootcert=/nowhere/ca.crt`,
    }),
    wrong: ['database', 'certificates'],
    says: /postgres-ca[^]*authority of PostgreSQL cannot be read: ENOENT/,
  },
  {
    fault: 'a database in which no migration has run',
    plant: async ({ run }) => {
      const names = ['kysely_migration', 'outbox']
      for (const name of names)
        await run(`alter table ${name} rename to away_${name}`, `alter table away_${name} rename to ${name}`)
    },
    wrong: ['migrations'],
    says: /no migration was ever applied[^]*skipped work +needs migrations/,
  },
  {
    fault: 'a database in production that anybody on the way can listen to',
    plant: async ({ database }) => ({
      NODE_ENV: 'production',
      DATABASE_URL: database.appUrl.replace('127.0.0.1', 'localhost'),
    }),
    wrong: ['database'],
    says: /not encrypted\n.*sslmode=verify-full/,
  },
  {
    fault: 'a pool larger than what the role may have',
    plant: async ({ run }) => {
      await run('alter role chat_app connection limit 150', 'alter role chat_app connection limit -1')
      return { DATABASE_POOL_SIZE: '151' }
    },
    wrong: ['database role'],
    says: /pool takes 151 connections, and chat_app may have 150[^]*CHAT_CONNECTIONS_MAX/,
  },
  {
    fault: 'the role that migrates in place of the one that serves',
    plant: async ({ database }) => ({ DATABASE_URL: database.migratorUrl }),
    wrong: ['database role'],
    says: /this is the role chat_migrator\n.*address of chat_app/,
  },
  {
    fault: 'the role of the administrator',
    plant: async ({ database }) => ({ DATABASE_URL: database.superuserUrl }),
    wrong: ['database role'],
    says: /is a superuser[^]*passes over row-level security/,
  },
  {
    fault: 'a role that may make tables',
    plant: async ({ run }) =>
      run('grant create on schema public to chat_app', 'revoke create on schema public from chat_app'),
    wrong: ['database role'],
    says: /chat_app may create tables/,
  },
  {
    fault: 'a role that may empty tables at once',
    plant: async ({ run }) =>
      run('grant truncate on outbox to chat_app', 'revoke truncate on outbox from chat_app'),
    wrong: ['database role'],
    says: /may empty 1 tables at once/,
  },
  {
    fault: 'a migration that has not been applied',
    plant: async ({ run }) => {
      const { name } = migrations.at(-1)!
      await run(
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
    fault: 'a broker that takes the call and is silent',
    plant: async () => ({ NATS_URL: `nats://127.0.0.1:${await startSilent()}` }),
    wrong: ['nats'],
    says: /timeout\n.*network policy/,
  },
  {
    fault: 'a broker that falls silent',
    plant: async ({ nats }) => ({ NATS_URL: await fallSilent(nats.url) }),
    wrong: ['permissions'],
    says: /answered no more: no answer within 5 s\n.*NATS pods[^]*skipped streams/,
  },
  {
    fault: 'a broker that speaks plain text where TLS is asked for',
    plant: async ({ nats }) => ({ NATS_URL: nats.url.replace('nats:', 'tls:') }),
    wrong: ['nats'],
    says: /NATS_URL says tls: and this server speaks plain text/,
  },
  {
    fault: 'an authority of the broker that is not mounted',
    plant: async () => ({ NATS_URL: (await serveBroker(inAYear)).url, NATS_CA_FILE: '/nowhere/ca.crt' }),
    wrong: ['nats', 'certificates'],
    says: /nats-tls[^]*authority of NATS cannot be read: ENOENT/,
  },
  {
    fault: 'a broker without JetStream',
    plant: async ({ nats }) => ({ NATS_URL: await serveNoStreams(nats.seeds) }),
    wrong: ['streams'],
    says: /cannot be asked about: [^\n]*\n.*JetStream is on/,
  },
  {
    fault: 'a key that the broker does not know',
    plant: async () => ({ NATS_SEED: new TextDecoder().decode(createUser().getSeed()) }),
    wrong: ['nats'],
    says: /does not know the public half of NATS_SEED/,
  },
  {
    fault: 'the key of another service',
    plant: async ({ nats }) => ({ NATS_SEED: nats.seeds.billing }),
    wrong: ['permissions', 'streams'],
    says: /this user may not use rpc\.\w+\.\w+\.chat/,
  },
  {
    fault: "the administrator's key",
    plant: async ({ nats }) => ({ NATS_SEED: nats.seeds.admin }),
    wrong: ['permissions', 'streams'],
    says: /may, and should not, use \$JS\.API\.STREAM\.NAMES/,
  },
  {
    fault: 'a consumer that is missing',
    plant: async ({ admin }) => {
      await (await jetstreamManager(admin)).consumers.delete(eventStream, 'chat-from-privacy')
      onTestFinished(() => provisionStreams(admin))
    },
    wrong: ['streams'],
    says: /the consumer chat-from-privacy is not there/,
  },
  {
    fault: 'a consumer that would lose the order',
    plant: async ({ admin }) => {
      const manager = await jetstreamManager(admin)
      await manager.consumers.update(eventStream, 'chat-from-privacy', { max_ack_pending: 50 })
      onTestFinished(() => provisionStreams(admin))
    },
    wrong: ['streams'],
    says: /chat-from-privacy has max_ack_pending 50 and not 1/,
  },
  {
    fault: 'a stream that is missing',
    plant: async ({ admin }) => {
      await (await jetstreamManager(admin)).streams.delete(policyStream)
      onTestFinished(() => provisionStreams(admin))
    },
    wrong: ['streams'],
    says: /the stream KV_policies is not there/,
  },
  {
    fault: 'an event that was set aside',
    plant: async ({ run }) =>
      run(
        `insert into parked_events (event_id, tenant_id, type, stream_key, envelope, error, attempts, parked_at)
         values (gen_random_uuid(), gen_random_uuid(), 'privacy.consent-changed', 'x', '{}', 'Error', 4, now())`,
        'delete from parked_events',
      ),
    wrong: ['work'],
    says: /EventsParked\.md/,
  },
  {
    fault: 'an event that does not get out',
    plant: async ({ run }) =>
      run(
        `insert into outbox (id, tenant_id, type, stream_key, occurred_at, payload)
         values (gen_random_uuid(), gen_random_uuid(), 'chat.message-posted', 'x', now() - interval '1 hour', '{}')`,
        'delete from outbox',
      ),
    wrong: ['work'],
    says: /has waited for 36\d\d s to be published/,
  },
  {
    fault: 'pages whose certificate has ended',
    plant: async () => ({ PUBLIC_URL: await servePages(ended) }),
    wrong: ['certificates'],
    says: /public address has ended on 2026-01-01/,
  },
  {
    fault: 'pages whose certificate nobody we know has signed',
    plant: async () => ({ PUBLIC_URL: await servePages(new Date(Date.now() + 90 * 86_400_000)) }),
    wrong: ['certificates'],
    says: /is not believed: DEPTH_ZERO_SELF_SIGNED_CERT/,
  },
  {
    fault: 'a broker whose certificate has ended',
    plant: async () => {
      const { url, caFile } = await serveBroker(ended)
      return { NATS_URL: url, NATS_CA_FILE: caFile }
    },
    wrong: ['nats', 'certificates'],
    says: /NATS_CA_FILE is not the authority[^]*certificate of NATS has ended on 2026-01-01/,
  },
  {
    fault: 'a database whose certificate has ended',
    plant: async () => ({ DATABASE_URL: await serveDatabase(ended) }),
    wrong: ['database', 'certificates'],
    says: /Its certificate is not believed[^]*certificate of PostgreSQL has ended on 2026-01-01/,
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
  {
    fault: 'a service whose process hangs',
    plant: async () => ({ OPERATIONS_PORT: String(await startSilent()) }),
    wrong: ['readiness'],
    says: /runs and does nothing/,
  },
]

const inAYear = new Date(Date.now() + 365 * 86_400_000)

const ended = new Date('2026-01-01')

const elsewhere = async () => `127.0.0.1:${(await freePorts(1))[0]}`

interface Fault {
  readonly fault: string
  /** Answers the settings that differ. */
  readonly plant: (patient: Patient) => Promise<Record<string, string> | void>
  /** The checks of which the doctor says it. */
  readonly wrong: readonly string[]
  readonly says: RegExp
}

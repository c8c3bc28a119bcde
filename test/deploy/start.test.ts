import { once } from 'node:events'
import { join } from 'node:path'
import { newSecrets } from '@candor/deploy/generate/secrets'
import { freePorts } from '@candor/local/processes/free-port'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { waitUntil } from '@candor/local/processes/wait-until'
import { startPostgres } from '@candor/local/servers/postgres-server'
import { describe, expect, test } from 'vitest'
import { installation } from './installation.ts'
import { hasOpenssl, provisionStreams, startCluster } from './nats-cluster.ts'
import { kustomize } from './render.ts'
import { runJob, startProcess } from './run-workload.ts'

// Long for a test, since all that a service stands on is started for it: nothing shorter shows that it all fits.
describe.skipIf(!kustomize || !hasOpenssl)('an installation of one business', () => {
  test('starts in the order of its manifests, from their variables and secrets alone, and stops when told', async () => {
    const here = await installation('self-hosted')
    await using guarded = guardedFolder('start')
    const folder = guarded.path
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), fast: true })
    guarded.guard(postgres.pid)
    await using held = new AsyncDisposableStack()
    held.defer(() => postgres.stop())
    const secrets = withoutTls(
      newSecrets({
        databaseHost: `127.0.0.1:${postgres.port}`,
        adminDatabaseUrl: postgres.url,
        smtpUrl: 'smtp://127.0.0.1:9',
        paymentApiKey: 'none',
        paymentWebhookSecret: 'none',
      }),
    )
    await using cluster = await startCluster(here, secrets['nats-users']!['keys.conf']!)
    await provisionStreams(here, cluster, secrets['nats-admin-credentials']!.NATS_SEED!)
    await runJob(here, 'provision-databases-', { folder, secrets })
    await runJob(here, 'privacy-migrate-', { folder, secrets })

    const [http, operations] = (await freePorts(2)) as [number, number]
    const elsewhere = {
      HTTP_PORT: String(http),
      OPERATIONS_PORT: String(operations),
      LISTEN_ON: '127.0.0.1',
      NATS_URL: cluster.urls[2]!,
      NATS_CA_FILE: cluster.caFile,
      DRAIN_AFTER_MS: '0',
    }
    const service = startProcess(here, 'privacy', { folder, secrets, elsewhere })
    guarded.guard(service.pid!)
    const ended = once(service, 'exit')
    const isReady = () =>
      fetch(`http://127.0.0.1:${operations}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
    await waitUntil('privacy being ready', isReady, { deadlineMs: 30_000 })
    service.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })
})

/** The PostgreSQL here has no certificate to show. */
function withoutTls(all: ReturnType<typeof newSecrets>): typeof all {
  const text = JSON.stringify(all).replaceAll(/\?sslmode=[^"]+/g, '')
  return JSON.parse(text)
}

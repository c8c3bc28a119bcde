import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { lookAtStreams } from '@candor/events/look-at-streams'
import { natsPermissions, natsUsers } from '@candor/events/nats-permissions'
import type { NatsUser } from '@candor/events/nats-permissions'
import { streamDefinitions } from '@candor/events/stream-definitions'
import { createLogger } from '@candor/runtime/logger'
import { connectNats } from '@candor/runtime/nats'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, nkeyAuthenticator } from '@nats-io/transport-node'
import type { NatsConnection } from '@nats-io/transport-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keysConfig, newKeys } from '@candor/deploy/generate/nats-keys'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'
import { configMap, hasOpenssl, provisionStreams, startCluster } from './nats-cluster.ts'
import { runJob } from './run-workload.ts'
import type { Cluster } from './nats-cluster.ts'

const silent = createLogger({ service: 'test', level: 'silent' })
const keys = Object.fromEntries(natsUsers.map((user) => [user, newKeys()])) as Record<
  NatsUser,
  ReturnType<typeof newKeys>
>

test.skipIf(!kustomize).each(overlays.filter((overlay) => overlay !== 'local'))(
  'in %s nobody meets a NATS server in plain text, and servers prove to each other who they are',
  async (overlay) => {
    const files = configMap(await installation(overlay), 'nats-config-')
    const encrypted = /^tls \{\n(?: {2}\w+: .+\n)*? {2}cert_file: "\/etc\/nats\/tls\/tls\.crt"\n/m
    expect(files['tls.conf']).toMatch(encrypted)
    expect(files['cluster-tls.conf']).toMatch(encrypted)
    expect(files['cluster-tls.conf']).toMatch(/^ {2}verify: true$/m)
  },
)

let cluster: Cluster
describe.skipIf(!kustomize || !hasOpenssl)('three servers from the files that an overlay renders', () => {
  beforeAll(async () => {
    const production = await installation('production')
    cluster = await startCluster(production, keysConfig(keys))
    await provisionStreams(production, cluster, keys.admin.current.seed)
  })
  afterAll(() => cluster[Symbol.asyncDispose]())

  /** As a service would, at one of the three servers. */
  async function connectAs(
    user: NatsUser,
    place = natsUsers.indexOf(user) % 3,
    key: 'current' | 'next' = 'current',
  ) {
    const { seed } = keys[user][key]
    return connectNats({ url: cluster.urls[place]!, caFile: cluster.caFile, seed, name: user, log: silent })
  }

  /** Every word of what anybody may do, with something in the place of each star. */
  const all = natsUsers.map((user) => natsPermissions(user))
  const publishable = [...new Set(all.flatMap(({ publish }) => publish.map(concrete)))]
  const audible = [...new Set(all.flatMap(({ subscribe }) => subscribe.map(concrete)))]
  const stolen = [
    '$JS.API.STREAM.DELETE.EVENTS',
    '$JS.API.STREAM.PURGE.ERASURES',
    '$SYS.REQ.SERVER.PING',
    'made.up',
  ]

  function concrete(pattern: string): string {
    return pattern.replaceAll('*', 'one').replace(/>$/, 'one')
  }

  function covers(patterns: string[], subject: string): boolean {
    const given = subject.split('.')
    return patterns.some((pattern) => {
      const parts = pattern.split('.')
      const isOpen = parts.at(-1) === '>'
      const fixed = isOpen ? parts.slice(0, -1) : parts
      if (isOpen ? given.length <= fixed.length : given.length !== fixed.length) return false
      return fixed.every((part, place) => part === '*' || part === given[place])
    })
  }

  async function refused(nats: NatsConnection, user: NatsUser) {
    const found = { publish: [] as string[], subscribe: [] as string[] }
    const watching = (async () => {
      for await (const status of nats.status()) {
        const text = status.type === 'error' ? String(status.error) : ''
        const [, operation, subject] = /(Publish|Subscription) to "(\S+)"/.exec(text) ?? []
        if (subject) found[operation === 'Publish' ? 'publish' : 'subscribe'].push(subject)
      }
    })()
    for (const subject of audible) nats.subscribe(subject, { callback: () => {} })
    for (const subject of [...publishable, ...stolen])
      nats.publish(subject, '', { reply: `_INBOX_${user}.reply` })
    await nats.flush()
    await nats.close()
    await watching
    return found
  }

  async function tryEverything(user: NatsUser, place?: number): Promise<void> {
    const { publish, subscribe } = natsPermissions(user)
    const found = await refused(await connectAs(user, place), user)
    const forbidden = [...publishable, ...stolen].filter((subject) => !covers(publish, subject))
    expect(found.publish.toSorted()).toEqual(forbidden.toSorted())
    expect(found.subscribe.toSorted()).toEqual(audible.filter((one) => !covers(subscribe, one)).toSorted())
    expect(forbidden.length).toBeGreaterThan(20)
  }

  test.for(natsUsers.filter((user) => user !== 'admin'))(
    'of all that anybody may say or hear, the rendered servers allow %s its own and refuse the rest',
    (user) => tryEverything(user),
  )

  test('a key that takes the place of another is let in before the change, a stranger and plain text never', async () => {
    const nats = await connectAs('chat', 1, 'next')
    await expect(nats.flush()).resolves.toBeUndefined()
    await nats.close()
    const url = cluster.urls[0]!
    await expect(connect({ servers: url, tls: null, reconnect: false })).rejects.toThrow(/tls|secure/i)
    const unknown = nkeyAuthenticator(new TextEncoder().encode(newKeys().current.seed))
    const { caFile } = cluster
    await expect(
      connect({ servers: url, tls: { caFile }, authenticator: unknown, reconnect: false }),
    ).rejects.toThrow(/authorization/i)
  })

  test('a new key is let in after a reload, and nobody who is connected is thrown out', async () => {
    const staying = await connectAs('billing', 0)
    let reconnects = 0
    void (async () => {
      for await (const { type } of staying.status()) if (type === 'disconnect') reconnects += 1
    })()
    const fresh = newKeys().current
    cluster.reloadKeys(keysConfig({ ...keys, billing: { ...keys.billing, next: fresh } }))
    const options = { servers: cluster.urls[0]!, tls: { caFile: cluster.caFile }, reconnect: false }
    const authenticator = nkeyAuthenticator(new TextEncoder().encode(fresh.seed))
    const enter = () =>
      connect({ ...options, authenticator }).then((nats) => nats.close().then(() => 'in'), String)
    await expect.poll(enter, { timeout: 10_000 }).toBe('in')
    await staying.flush()
    expect(reconnects).toBe(0)
    await staying.close()
  })

  test('a server that cannot prove its name by the authority is not spoken to', async () => {
    const attempt = connect({ servers: cluster.urls[0]!, tls: {}, reconnect: false })
    await expect(attempt).rejects.toThrow(/certificate/i)
  })

  test('the scheduled job copies what is on the three servers, and the suspended one brings it back to all of them', async () => {
    const production = await installation('production')
    const [privacy, admin] = [await connectAs('privacy', 0), await connectAs('admin', 1)]
    const copies = join(cluster.folder, 'copies')
    mkdirSync(copies)
    const run = (job: string, secret: string, seed: string) =>
      runJob(production, job, {
        folder: cluster.folder,
        secrets: { [secret]: { NATS_SEED: seed } },
        elsewhere: { NATS_URL: cluster.urls[2]!, NATS_CA_FILE: cluster.caFile, SNAPSHOT_FOLDER: copies },
      })
    const patience = { timeout: 20_000 }
    const manager = await jetstreamManager(admin)
    const subject = 'erasures.tenant.copied'
    const publish = () => jetstream(privacy).publish(subject, 'copied')
    await expect.poll(() => publish().catch(String), patience).toMatchObject({ stream: 'ERASURES' })
    await run('nats-snapshot', 'nats-backup-credentials', keys.backup.current.seed)
    for (const { name } of streamDefinitions({ replicas: 3 }).streams) await manager.streams.delete(name)
    await run('restore-streams', 'nats-admin-credentials', keys.admin.current.seed)
    // That settings, consumers and all copies are as they should be is what the doctor sees.
    await expect.poll(() => lookAtStreams(privacy, 'privacy'), patience).toMatchObject({ wrong: [] })
    const { cluster: found } = await manager.streams.info('ERASURES')
    expect(found?.replicas).toHaveLength(2)
    const message = await manager.streams.getMessage('ERASURES', { last_by_subj: subject })
    expect(message?.string()).toBe('copied')
    await Promise.all([privacy.close(), admin.close()])
  })

  test('each stream is on all three servers: an event is kept and read with one of them gone', async () => {
    const [privacy, admin] = [await connectAs('privacy', 0), await connectAs('admin', 1)]
    const manager = await jetstreamManager(admin)
    const replicasOf = async (stream: string) => (await manager.streams.info(stream)).config.num_replicas
    // Servers may be at choosing a leader at any moment, and answer when they have one.
    const patience = { timeout: 20_000 }
    const names = ['ERASURES', 'EVENTS', 'KV_policies']
    await expect.poll(() => Promise.all(names.map(replicasOf)).catch(String), patience).toEqual([3, 3, 3])
    await cluster.stop(2)
    const subject = 'erasures.tenant.entry'
    const publish = () => jetstream(privacy).publish(subject, 'kept')
    await expect.poll(() => publish().catch(String), patience).toMatchObject({ stream: 'ERASURES' })
    const read = () => manager.streams.getMessage('ERASURES', { last_by_subj: subject })
    await expect.poll(() => read().then((message) => message?.string(), String), patience).toBe('kept')
    await Promise.all([privacy.close(), admin.close()])
  })

  // Last, for the servers act on this one's word; at one that the test before has left running.
  test('and so for admin, who may speak to the servers about streams and to nobody else', () =>
    tryEverything('admin', 0))
})

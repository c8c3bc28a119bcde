import { natsServerConfig, natsUsers } from '@candor/events/nats-permissions'
import type { NatsUser } from '@candor/events/nats-permissions'
import { provisionStreams } from '@candor/events/provision-streams'
import { guard } from '@candor/local/processes/guard'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { startNats } from '@candor/local/servers/nats-server'
import { createLogger } from '@candor/runtime/logger'
import { connectNats } from '@candor/runtime/nats'
import type { NatsConnection } from '@nats-io/transport-node'
import { createUser } from '@nats-io/nkeys'

/** A NATS server with JetStream, the users and permissions of the contracts, and the event stream. */
export async function startTestNats(): Promise<TestNats> {
  const folder = guardedFolder('test-nats')
  const storeDir = folder.path
  const keys = Object.fromEntries(natsUsers.map((user) => [user, createUser()]))
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
  const seeds = mapUsers((user) => decode(keys[user]!.getSeed()))
  const publicKeys = mapUsers((user) => keys[user]!.getPublicKey())
  const start = async (port?: number) => {
    const started = await startNats({
      storeDir,
      configText: natsServerConfig(publicKeys),
      ...(port ? { port } : {}),
    })
    const release = guard({ pid: started.pid, folder: storeDir })
    return { ...started, stop: () => started.stop().then(release) }
  }
  let server = await start()
  const connections: NatsConnection[] = []

  async function connect(user: NatsUser): Promise<NatsConnection> {
    const connection = await connectNats({ url: server.url, seed: seeds[user], name: user, log: silent })
    connections.push(connection)
    return connection
  }

  async function provision() {
    const admin = await connect('admin')
    await provisionStreams(admin)
    await admin.close()
  }

  await provision()
  return {
    url: server.url,
    storeDir,
    seeds,
    connect,
    async restart(between) {
      await server.stop()
      await between?.(storeDir)
      server = await start(server.port)
      await provision()
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(connections.map((connection) => connection.close()))
      await server.stop()
      await folder[Symbol.asyncDispose]()
    },
  }
}

const silent = createLogger({ service: 'test', level: 'silent' })

function mapUsers(value: (user: NatsUser) => string): Record<NatsUser, string> {
  return Object.fromEntries(natsUsers.map((user) => [user, value(user)])) as Record<NatsUser, string>
}

export interface TestNats extends AsyncDisposable {
  url: string
  /** Its store; stop it before touching what is in there. */
  storeDir: string
  seeds: Record<NatsUser, string>
  connect(user: NatsUser): Promise<NatsConnection>
  /** Stops and starts the server on the same port; `between` may tamper with its store. */
  restart(between?: (storeDir: string) => Promise<void>): Promise<void>
}

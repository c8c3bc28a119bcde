import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'
import { natsServerConfig, natsUsers } from '@candor/events/nats-permissions'
import type { NatsUser } from '@candor/events/nats-permissions'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { startNats } from '@candor/local/servers/nats-server'
import { fromSeed } from '@nats-io/nkeys'
import { onTestFinished } from 'vitest'

/** A way to a broker that carries no more once the broker has let somebody in. */
export async function fallSilent(url: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return `nats://127.0.0.1:${await listen((near) => {
    const far = connect(Number(port), hostname)
    far.on('error', () => {})
    near.on('close', () => far.destroy())
    near.pipe(far)
    far.on('data', (data) => {
      near.write(data)
      if (data.includes('PONG')) far.removeAllListeners('data').pause()
    })
  })}`
}

/** PostgreSQL as it refuses whoever comes. */
export async function serveRefusal(code: string, message: string): Promise<string> {
  const fields = Buffer.from(`SFATAL\0C${code}\0M${message}\0\0`)
  const head = Buffer.from('E....')
  head.writeInt32BE(fields.length + 4, 1)
  const port = await listen((socket) => socket.once('data', () => socket.end(Buffer.concat([head, fields]))))
  return `postgres://chat_app:x@127.0.0.1:${port}/candor_chat`
}

/** A broker that knows everybody and has no JetStream. */
export async function serveNoStreams(seeds: Record<NatsUser, string>): Promise<string> {
  const keyOf = (user: NatsUser) => fromSeed(new TextEncoder().encode(seeds[user])).getPublicKey()
  const keys = Object.fromEntries(natsUsers.map((user) => [user, keyOf(user)])) as Record<NatsUser, string>
  const folder = guardedFolder('no-streams')
  const configText = natsServerConfig(keys).replace('jetstream: enabled, ', '')
  const server = await startNats({ storeDir: join(folder.path, 'store'), configText })
  onTestFinished(async () => {
    await server.stop()
    await folder[Symbol.asyncDispose]()
  })
  return server.url
}

async function listen(answer: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    answer(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

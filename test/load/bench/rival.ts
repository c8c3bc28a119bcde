import { randomUUID } from 'node:crypto'
import { freePorts } from '@candor/local/processes/free-port'
import { databaseUrl } from '@candor/runtime/provision-database'
import type { Place } from './clients/writers.ts'
import { ask } from './grounds.ts'
import type { Grounds } from './grounds.ts'
import { startProgram } from './programs.ts'

/** The strawman in a process of its own, with a database of its own on the same server. */
export async function startStrawman(grounds: Grounds, { count }: { count: number }) {
  const database = `strawman_${randomUUID().slice(0, 8)}`
  await ask(grounds.postgresUrl, `create database ${database}`)
  const url = databaseUrl(grounds.postgresUrl, { database })
  const [port] = (await freePorts(1)) as [number]
  const program = await startProgram({
    name: `strawman-${port}`,
    script: new URL('../strawman/main.ts', import.meta.url).pathname,
    folder: grounds.folder,
    env: {
      NODE_ENV: 'production',
      DATABASE_URL: url,
      NATS_URL: grounds.nats.url,
      NATS_SEED: grounds.nats.seeds.chat,
      HTTP_PORT: String(port),
    },
  })
  const place: Place = {
    kind: 'ws',
    ports: [port],
    livePorts: [port],
    path: '/messages',
    conversations: Array.from({ length: count }, () => ({ id: randomUUID(), writer: 0, reader: 0 })),
    tokens: [],
    watched: count,
  }
  return { ...program, databaseUrl: url, place: () => place }
}

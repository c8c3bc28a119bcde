import { randomBytes } from 'node:crypto'
import { startChild } from '@candor/local/processes/child'
import type { Exit } from '@candor/local/processes/child'
import { freePorts } from '@candor/local/processes/free-port'
import { waitUntil } from '@candor/local/processes/wait-until'
import { databaseUrl, provisionDatabase } from '@candor/runtime/provision-database'
import { postgresVariable } from '@candor/testing/postgres-setup'
import type { TestNats } from '@candor/testing/test-nats'
import pg from 'pg'

/** Runs a program of a bundle by nothing but Node: no PATH, no checkout to find anything in. */
export async function runProgram(folder: string, program: string, env: Record<string, string> = {}) {
  const said: string[] = []
  const child = await startChild({
    command: process.execPath,
    args: [program],
    cwd: folder,
    env,
    onOutput: (chunk) => said.push(chunk.toString()),
  })
  let exit: Exit | undefined
  void child.exited.then((reached) => (exit = reached))
  return {
    said: () => said.join(''),
    exited: child.exited,
    stop: () => child.stop('SIGTERM', 10_000),
    async ready(port: number) {
      await waitUntil('being ready', async () => {
        if (exit) throw new Error(`it ended: ${said.join('')}`)
        return (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok
      })
    },
  }
}

/** A database as an administrator makes one, before its first migration. */
export async function emptyDatabase(service: string) {
  const server = process.env[postgresVariable]!
  const database = `bundle_${service}_${randomBytes(6).toString('hex')}`
  const passwords = { appPassword: 'test', migratorPassword: 'test' }
  await provisionDatabase(server, { service, database, ...passwords })
  const as = (user: string) => databaseUrl(server, { database, user: `${service}_${user}`, password: 'test' })
  return {
    urls: { DATABASE_URL: as('app'), MIGRATION_DATABASE_URL: as('migrator') },
    async [Symbol.asyncDispose]() {
      const client = new pg.Client({ connectionString: server })
      await client.connect()
      await client.query(`drop database ${database} with (force)`).finally(() => client.end())
    },
  }
}

/** A whole environment of any service; what one does not read it does not mind. */
export async function environmentOf(service: string, nats: TestNats, others: Record<string, string>) {
  const [http, operations] = (await freePorts(2)) as [number, number]
  const env = {
    LISTEN_ON: '127.0.0.1',
    HTTP_PORT: String(http),
    OPERATIONS_PORT: String(operations),
    // No gateway is there that would lead web to privacy.
    PUBLIC_URL: service === 'web' ? '' : 'http://localhost:8080',
    NATS_URL: nats.url,
    NATS_SEED: Object.entries(nats.seeds).find(([user]) => user === service)?.[1] ?? '',
    MAIL_FROM: 'Candor <no-reply@candor.localhost>',
    SEALING_KEY: randomBytes(32).toString('base64'),
    ...others,
  }
  return { env, operations }
}

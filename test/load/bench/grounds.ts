import { join } from 'node:path'
import { identity } from '@candor/contracts/identity'
import { guardedFolder } from '@candor/local/processes/guarded-folder'
import { startPostgres } from '@candor/local/servers/postgres-server'
import { systemClock } from '@candor/runtime/clock'
import { postgresVariable } from '@candor/testing/postgres-setup'
import { standIn } from '@candor/testing/stand-in'
import { startTestNats } from '@candor/testing/test-nats'
import { testTokens } from '@candor/testing/test-tokens'
import pg from 'pg'

/**
 * What rival and product both stand on: one PostgreSQL that writes to the disk before it answers, one NATS, and an
 * identity that names its keys. `productOptions` are given to the Node that runs the product.
 */
export async function startGrounds(productOptions: string[] = []) {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(guardedFolder('bench'))
  const postgres = await startPostgres({ dataDir: join(folder.path, 'postgres') })
  folder.guard(postgres.pid)
  stack.defer(() => postgres.stop())
  process.env[postgresVariable] = postgres.url
  await refuseUndurable(postgres.url)

  const nats = stack.use(await startTestNats())
  const tokens = await testTokens(systemClock())
  stack.use(
    standIn(await nats.connect('identity'), identity, {
      getJwks: async () => ({ keys: [tokens.publicKey] }),
      getStaffNames: async ({ userIds }) => userIds.map((userId) => ({ userId, name: 'Agent' })),
    }),
  )
  const started = stack.move()
  return {
    folder: folder.path,
    postgresUrl: postgres.url,
    postgresPid: postgres.pid,
    productOptions,
    nats,
    tokens,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

export type Grounds = Awaited<ReturnType<typeof startGrounds>>

async function refuseUndurable(url: string): Promise<void> {
  const [fsync, commit] = await Promise.all([
    ask<{ fsync: string }>(url, 'show fsync'),
    ask<{ synchronous_commit: string }>(url, 'show synchronous_commit'),
  ])
  if (fsync.fsync !== 'on' || commit.synchronous_commit !== 'on')
    throw new Error('this PostgreSQL does not write to the disk before it answers')
}

/** One statement of somebody who may do everything; its first row. */
export async function ask<Row>(url: string, statement: string, values: unknown[] = []): Promise<Row> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(statement, values)).rows[0]
  } finally {
    await client.end()
  }
}

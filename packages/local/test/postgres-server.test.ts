import { chmodSync, existsSync, lstatSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { canReach, removePostgresData } from '../src/servers/postgres-place.ts'
import { startPostgres } from '../src/servers/postgres-server.ts'
import { temporaryFolder } from './folder.ts'

const isRoot = process.getuid?.() === 0

test('PostgreSQL starts for whoever runs it, root included, and lets nobody in without the password', async () => {
  using folder = temporaryFolder()
  const dataDir = join(folder.path, 'postgres')
  const server = await startPostgres({ dataDir, fast: true })
  expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(await ask(server.url, 'show max_connections')).toEqual([{ max_connections: '200' }])
  await expect(ask(server.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow(/password/)
  expect(statSync(join(dataDir, 'superuser-password')).mode & 0o777).toBe(0o600)
  if (isRoot) expect(statSync(dataDir).uid).not.toBe(0)
  await server.stop()
  expect(await server.exited).toEqual({ code: 0, signal: null })
})

test('what was committed survives kill -9 of the server', async () => {
  using folder = temporaryFolder()
  const dataDir = join(folder.path, 'postgres')
  const first = await startPostgres({ dataDir })
  expect(await ask(first.url, 'show fsync')).toEqual([{ fsync: 'on' }])
  await ask(first.url, 'create table kept (id int); insert into kept values (1)')
  process.kill(first.pid, 'SIGKILL')
  await first.exited
  expect(existsSync(join(dataDir, 'postmaster.pid'))).toBe(true)
  const second = await startPostgres({ dataDir })
  expect(await ask(second.url, 'select id from kept')).toEqual([{ id: 1 }])
  await second.stop()
})

test('a server left running by a parent that died is replaced; a pid file that names another program is ignored', async () => {
  using folder = temporaryFolder()
  const dataDir = join(folder.path, 'postgres')
  const first = await startPostgres({ dataDir, fast: true })
  const second = await startPostgres({ dataDir, fast: true })
  expect(await first.exited).toEqual({ code: 0, signal: null })
  expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await second.stop()
  writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n`)
  const third = await startPostgres({ dataDir, fast: true })
  await third.stop()
})

test('data in a folder only we may enter is placed where the uid that PostgreSQL runs as can reach it', async () => {
  using folder = temporaryFolder()
  chmodSync(folder.path, 0o700)
  const dataDir = join(folder.path, 'postgres')
  const log: string[] = []
  const server = await startPostgres({ dataDir, fast: true, log: (line) => log.push(line) })
  const place = realpathSync(dataDir)
  expect(place !== dataDir).toBe(isRoot)
  expect(log.join('\n').includes(`PostgreSQL keeps its data in ${place}`)).toBe(isRoot)
  await server.stop()
  const again = await startPostgres({ dataDir, fast: true })
  await again.stop()
  removePostgresData(dataDir)
  expect(existsSync(place)).toBe(false)
  expect(lstatSync(dataDir, { throwIfNoEntry: false })).toBeUndefined()
})

test('a folder counts as reachable only if every folder above it lets that user through', () => {
  using folder = temporaryFolder()
  const nobody = { uid: 65534, gid: 65534 }
  expect(canReach(join(folder.path, 'not-there-yet'), nobody)).toBe(true)
  chmodSync(folder.path, 0o700)
  expect(canReach(join(folder.path, 'not-there-yet'), nobody)).toBe(false)
})

test('a port that is taken is named', async () => {
  using folder = temporaryFolder()
  const first = await startPostgres({ dataDir: join(folder.path, 'one'), fast: true })
  const second = startPostgres({ dataDir: join(folder.path, 'two'), port: first.port, fast: true })
  await expect(second).rejects.toThrow(String(first.port))
  await first.stop()
})

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

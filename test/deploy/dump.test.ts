import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findPostgresTools } from '@candor/local/servers/find-postgres-tools'
import { databaseUrl, provisionBackupRole } from '@candor/runtime/provision-database'
import { createTestDatabase } from '@candor/testing/test-database'
import { expect, test } from 'vitest'
import { deployDir } from './render.ts'

const tools = await findPostgresTools().catch((err: Error) => {
  console.warn(`NOT TESTED here: how dumps fail and are cleared away: ${err.message}.`)
  return ''
})

test.runIf(tools)(
  'a dump that fails leaves nothing behind and takes nothing away; one that is whole clears what is too old',
  async () => {
    await using scheduled = await startScheduled()
    const [old, young] = ['20261101T000000Z', '20261104T000000Z']
    await scheduled.leave(old, 16)
    await scheduled.leave(young, 13)

    const failed = scheduled.dump(`${scheduled.database} nobody_made_this`)
    await expect(failed).rejects.toThrow('nobody_made_this')
    expect(await scheduled.kept()).toEqual([old, young])

    await scheduled.dump(scheduled.database)
    const [made] = (await scheduled.kept()).filter((one) => one !== young)
    expect(made).toMatch(/^\d{8}T\d{6}Z$/)
    expect(await scheduled.kept()).toEqual([made, young].toSorted())
    expect(await readdir(join(scheduled.folder, made!))).toEqual([`${scheduled.database}.dump`])
  },
)

test.runIf(tools)(
  'what others left on the volume stays, and an address may end as a file of Windows does',
  async () => {
    await using scheduled = await startScheduled('\r\n')
    await scheduled.leave('lost+found', 100)
    await scheduled.leave('before the move', 100)
    await scheduled.dump(scheduled.database)
    expect(await scheduled.kept()).toEqual(
      expect.arrayContaining(['before the move', 'lost+found', expect.stringMatching(/^\d{8}T\d{6}Z$/)]),
    )
  },
)

/** What the scheduled job has: a role that reads, its address in a file, a volume. */
async function startScheduled(lineEnd = '') {
  const stack = new AsyncDisposableStack()
  const { superuserUrl } = stack.use(await createTestDatabase({ service: 'chat', migrations: [] }))
  const database = new URL(superuserUrl).pathname.slice(1)
  await provisionBackupRole(superuserUrl, { password: 'test', databases: [database] })
  const home = await mkdtemp(join(tmpdir(), 'candor-dump-'))
  stack.defer(() => rm(home, { recursive: true }))
  const folder = join(home, 'backups')
  await mkdir(folder)
  const url = databaseUrl(superuserUrl, { user: 'candor_backup', password: 'test' })
  await writeFile(join(home, 'BACKUP_DATABASE_URL'), url.replace(`/${database}`, '/@DATABASE@') + lineEnd)
  return {
    database,
    folder,
    kept: async () => (await readdir(folder)).toSorted(),
    dump: (databases: string) =>
      promisify(execFile)('sh', [join(deployDir, 'components/backup/dump.sh')], {
        env: {
          PATH: `${tools}:${process.env.PATH}`,
          CREDENTIALS_DIRECTORY: home,
          BACKUP_FOLDER: folder,
          DATABASES: databases,
          KEEP_DAYS: '14',
        },
      }),
    /** As a dump of so many days ago. */
    async leave(name: string, daysOld: number) {
      await mkdir(join(folder, name))
      await writeFile(join(folder, name, 'chat.dump'), 'dumped')
      const then = Date.now() / 1_000 - daysOld * 86_400
      await utimes(join(folder, name), then, then)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

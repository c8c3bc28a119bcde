import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { readCommandLine } from '@candor/runtime/command-line'
import { rootDir } from './config.ts'
import { guardedFolder } from './processes/guarded-folder.ts'
import { startPostgres } from './servers/postgres-server.ts'
import { quietTurbo } from './stack/programs.ts'

/** Everything that must hold before a change is taken. One PostgreSQL serves the tests of all workspaces. */
async function main(): Promise<number> {
  const { values, positionals, choose } = readCommandLine(usage, {
    allowPositionals: true,
    options: {
      whole: { type: 'boolean', default: false },
      filter: { type: 'string', multiple: true, default: [] },
      force: { type: 'boolean', default: false },
      continue: { type: 'boolean', default: false },
    },
  })
  const tasks = choose('part', positionals, ['browser']).length > 0 ? ['test:browser'] : everything
  const filters = values.filter.map((workspace) => `--filter=${workspace}`)
  await using folder = guardedFolder('test')
  // What a test or a browser that was cut short leaves behind goes with it too.
  const temporary = join(folder.path, 'tmp')
  mkdirSync(temporary, { mode: 0o755 })
  const postgres = await startPostgres({ dataDir: join(folder.path, 'postgres'), fast: true })
  folder.guard(postgres.pid)
  try {
    const flags = [...(values.force ? ['--force'] : []), ...(values.continue ? ['--continue'] : [])]
    return await turbo([...tasks, ...filters, ...flags], {
      CANDOR_TEST_POSTGRES: postgres.url,
      TMPDIR: temporary,
      ...extent(values.whole),
    })
  } finally {
    await postgres.stop()
  }
}

/** Of long tests a part, or all: see testing's `long-form`. */
function extent(isWhole: boolean): Record<string, string> {
  if (isWhole) return { CANDOR_WHOLE: '1' }
  const seed = process.env.CANDOR_SEED ?? String(Date.now() % 2 ** 31)
  console.log(`Long tests take some of their cases, by CANDOR_SEED=${seed}; npm test -- --whole takes all.`)
  return { CANDOR_SEED: seed }
}

function turbo(args: string[], env: Record<string, string>): Promise<number> {
  const child = spawn(
    join(rootDir, 'node_modules/.bin/turbo'),
    ['run', '--concurrency=2', '--no-update-notifier', ...args],
    { cwd: rootDir, stdio: 'inherit', env: { ...process.env, ...quietTurbo, ...env } },
  )
  // The terminal, npm and the bootstrap send it to turbo or to us; turbo ends, and then we clean up.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal!]))
  })
}

const everything = ['typecheck', 'typecheck:node', 'lint', 'build', 'test']

const usage = `Usage: npm test -- [browser] [--whole] [--filter WORKSPACE]... [--force] [--continue]
  browser             the pages alone
  --whole             long tests take all of their cases
  --filter WORKSPACE  as in @candor/chat
  --force             also what has not changed since it last passed
  --continue          goes on with the other workspaces when one fails`

process.exitCode = await main()

import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { rootDir } from './config.ts'
import { guard } from './processes/guard.ts'
import { startPostgres } from './servers/postgres-server.ts'
import { quietTurbo } from './stack/programs.ts'

/**
 * Everything that must hold before a change is taken; with `browser` first among the arguments the pages alone. One
 * PostgreSQL serves the tests of all workspaces.
 */
async function main(given: string[]): Promise<number> {
  const [tasks, args] = given[0] === 'browser' ? [['test:browser'], given.slice(1)] : [everything, given]
  const folder = mkdtempSync(join(tmpdir(), 'candor-test-'))
  // PostgreSQL, which may run under another uid, keeps its own data closed.
  chmodSync(folder, 0o755)
  // What a test or a browser that was cut short leaves behind goes with it too.
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary, { mode: 0o755 })
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), fast: true })
  const release = guard({ pid: postgres.pid, folder })
  try {
    return await turbo([...tasks, ...args.filter((argument) => argument !== '--whole')], {
      CANDOR_TEST_POSTGRES: postgres.url,
      TMPDIR: temporary,
      ...extent(args.includes('--whole')),
    })
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
    await release()
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

process.exitCode = await main(process.argv.slice(2))

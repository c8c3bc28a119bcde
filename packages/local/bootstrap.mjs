// Runs under whatever Node (20 or later) the machine has and uses nothing but Node: it installs what is missing and
// goes on under the Node version the project pins.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, statfsSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = resolve(fileURLToPath(import.meta.url), '../../..')

export const commands = {
  start: 'packages/local/src/start.ts',
  reset: 'packages/local/src/reset.ts',
  test: 'packages/local/src/test.ts',
  demo: 'test/demo/demo.ts',
  chaos: 'test/chaos/run.ts',
  conformance: 'test/conformance/run.ts',
  bench: 'test/load/bench/run.ts',
  'lint-deploy': 'deploy/checks/linters/run.ts',
  parked: 'packages/local/src/parked.ts',
  manifests: 'deploy/generate/write.ts',
  secrets: 'deploy/generate/print-secrets.ts',
  release: 'deploy/generate/write-release.ts',
  image: 'packages/image/src/build-image.ts',
  'image:check': 'packages/image/src/check/check-images.ts',
  'image:where': 'packages/image/src/where.ts',
  doctor: 'packages/local/src/doctor.ts',
  'verify-receipt': 'services/privacy/src/verify-receipt.ts',
}

/** Why dependencies must be installed, or undefined when what is installed is what the lockfile names. */
export function reasonToInstall(root) {
  const lockfile = readText(join(root, 'package-lock.json'))
  if (lockfile === undefined) return undefined
  if (!existsSync(join(root, 'node_modules/.bin/node'))) return 'first run'
  if (readText(stampPath(root)) === hash(lockfile)) return undefined
  const installed = readText(join(root, 'node_modules/.package-lock.json'))
  if (installed !== undefined && isInstalled(JSON.parse(lockfile), JSON.parse(installed))) return undefined
  return 'dependencies changed'
}

/** Whether npm's own record of node_modules holds every package of the lockfile that this machine needs. */
export function isInstalled(lockfile, installed) {
  return Object.entries(lockfile.packages).every(([path, wanted]) => {
    const found = installed.packages[path]
    if (path === '' || (found === undefined && wanted.optional)) return true
    return (
      found !== undefined && found.version === wanted.version && Boolean(found.link) === Boolean(wanted.link)
    )
  })
}

/** The environment of the command: the pinned Node and the project's tools come first on the PATH. */
export function commandEnvironment(root, env) {
  const bin = join(root, 'node_modules/.bin')
  return { ...env, PATH: env.PATH ? `${bin}${delimiter}${env.PATH}` : bin }
}

/** The exit code by which a shell reports this end of a process. */
export function exitCodeOf(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0)
}

async function main([command, ...args]) {
  const script = Object.hasOwn(commands, command ?? '') ? commands[command] : undefined
  if (!script)
    fail(`Usage: node packages/local/bootstrap.mjs <${Object.keys(commands).join('|')}> [arguments]`)
  const reason = reasonToInstall(checkout)
  if (reason) await install(reason)
  const node = join(checkout, 'node_modules/.bin/node')
  if (!existsSync(node)) fail(`${node} is missing. Remove node_modules and run the command again.`)
  if (!existsSync(join(checkout, script))) fail(`${script} is missing.`)
  process.exitCode = await run(
    node,
    [join(checkout, script), ...args],
    commandEnvironment(checkout, process.env),
  )
}

/** Tells of it on stderr: what a command writes to stdout may be read by another. */
async function install(reason) {
  const startedAt = Date.now()
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(0)
  console.error(`Installing dependencies (${reason}). This takes about a minute.`)
  const heartbeat = setInterval(() => console.error(`  still installing, ${seconds()} s`), 15_000)
  const args = ['ci', '--no-fund', '--no-audit', '--loglevel=error']
  const code = await run('npm', args, process.env, [0, 2, 2]).catch((error) =>
    fail(`npm does not start: ${error.message}`),
  )
  clearInterval(heartbeat)
  if (code > 128) process.exit(code)
  if (code !== 0) fail(installFailure(code, megabytesFree(checkout)))
  writeFileSync(stampPath(checkout), hash(readText(join(checkout, 'package-lock.json'))))
  console.error(`Dependencies installed in ${seconds()} s.`)
}

/** What to tell somebody whose `npm ci` failed. */
export function installFailure(code, freeMegabytes) {
  const cause =
    freeMegabytes < 1_000
      ? `Only ${freeMegabytes} MB are free on this disk; about 1000 MB are needed.`
      : 'The lines above say why; without any, check that the npm registry can be reached.'
  return `npm ci failed with exit code ${code}. ${cause}`
}

/**
 * Runs a command with our terminal. A terminal sends Ctrl-C to every process of its group and npm passes it on as
 * well, so the child may see it several times; it must not be us who ends first and leaves it without a parent.
 */
function run(command, args, env, stdio = 'inherit') {
  return new Promise((settled, failed) => {
    const child = spawn(command, args, { cwd: checkout, env, stdio })
    const passOn = (signal) => child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, passOn)
    const done = (settle) => {
      for (const signal of signals) process.off(signal, passOn)
      settle()
    }
    child.on('error', (error) => done(() => failed(error)))
    child.on('exit', (code, signal) => done(() => settled(exitCodeOf(code, signal))))
  })
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

function stampPath(root) {
  return join(root, 'node_modules/.candor-installed')
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex')
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function megabytesFree(path) {
  const { bavail, bsize } = statfsSync(path)
  return Math.floor((bavail * bsize) / 1e6)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  await main(process.argv.slice(2))

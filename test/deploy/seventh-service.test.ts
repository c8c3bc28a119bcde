import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { render as renderFolder } from '@candor/deploy/checks/kustomize/render'
import { lint } from '@candor/deploy/checks/lint'
import { readTree } from '@candor/deploy/checks/manifest'
import { validate } from '@candor/deploy/checks/schema/validate'
import { contractSecrets } from '@candor/deploy/generate/contract-secrets'
import { rootDir } from '@candor/local/config'
import { isWhole, some } from '@candor/testing/long-form'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kustomize, overlays } from './render.ts'

/** As docs/operations.md tells it, by its own commands: manifests alone, and code with all that the others have. */
const guide = readFileSync(join(rootDir, 'docs/operations.md'), 'utf8')
const [chapter] = /^## Add a service$[^]*?(?=^## )/m.exec(guide)!
const [manifests, everything] = [...chapter.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block]) => block!)

describe.skipIf(!kustomize)('a seventh service, of six lines and one in the list', () => {
  const folder = copyOf(['deploy'])
  beforeAll(() => follow(manifests!, folder))
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(some(overlays, 2))('follows every rule in the overlay %s', async (overlay) => {
    const { objects } = await renderFolder(kustomize!, join(folder, 'deploy/overlays', overlay))
    const own = objects.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === 'parcels')
    expect(own.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['Deployment', 'Service', 'ConfigMap']),
    )
    expect((await Promise.all(own.map((object) => validate(object)))).flat()).toEqual([])
    expect(lint(readTree(overlay, objects, contractSecrets))).toEqual([])
  })
})

describe.skipIf(!kustomize)('a seventh service with code, a database and NATS', () => {
  const folder = copyOf(readdirSync(rootDir))
  beforeAll(async () => {
    linkPackages(folder)
    await follow(everything!, folder)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(['.', 'deploy', 'test'])(
    'is known to every type in %s that names all services',
    async (place) => {
      await run(join(folder, place), join(rootDir, 'node_modules/.bin/tsc'), ['--singleThreaded', '--noEmit'])
    },
  )

  test('stands all that the six stand', { timeout: timeoutMs }, async ({ signal }) => {
    const vitest = join(folder, 'node_modules/vitest/vitest.mjs')
    // What the guide says of production is said of six.
    const options = ['--root=test', '--reporter=verbose', '--testNamePattern=^(?!the guide says)']
    const { stdout } = await run(folder, process.execPath, [vitest, 'run', ...options, ...suites], signal)
    expect(stdout).toContain('the service parcels')
  })
})

/** What follows from the tree; with the whole, what takes servers as well. */
const fromTree = 'backup budget drift environment monitoring network overlays programs settings'
const withServers = 'alerts databases nats runbooks'
const suites = [
  'shape.test.ts',
  'api-reference.test.ts',
  ...[...fromTree.split(' '), ...(isWhole ? withServers.split(' ') : [])].map(
    (name) => `deploy/${name}.test.ts`,
  ),
]
const timeoutMs = 300_000

/** Of the checkout these, without what is installed, built or kept. */
function copyOf(names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'candor-seventh-'))
  const left = new Set(['node_modules', '.git', '.candor', '.turbo', 'dist', 'coverage'])
  for (const name of names.filter((one) => !left.has(one)))
    cpSync(join(rootDir, name), join(folder, name), {
      recursive: true,
      filter: (path) => !left.has(basename(path)),
    })
  return folder
}

/** As `npm install` would: the packages of others are those of the checkout, ours those of the copy. */
function linkPackages(folder: string): void {
  const [from, to] = [join(rootDir, 'node_modules'), join(folder, 'node_modules')]
  mkdirSync(join(to, '@candor'), { recursive: true })
  for (const name of readdirSync(from).filter((one) => one !== '@candor'))
    symlinkSync(join(from, name), join(to, name))
  cpSync(join(from, '@candor'), join(to, '@candor'), { recursive: true, verbatimSymlinks: true })
  symlinkSync('../../services/parcels', join(to, '@candor/parcels'))
}

function follow(recipe: string, folder: string) {
  return run(folder, 'sh', ['-euc', recipe])
}

/** Throws all that the command says where it fails. */
async function run(
  cwd: string,
  command: string,
  args: string[],
  signal?: AbortSignal,
): Promise<{ stdout: string }> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'))
  const path = `${dirname(process.execPath)}:${process.env.PATH}`
  const env = { ...Object.fromEntries(own), PATH: path, NO_COLOR: '1' }
  return promisify(execFile)(command, args, { cwd, env, signal, maxBuffer: 64 * 2 ** 20 }).catch((error) => {
    throw new Error(`${error.message}\n${error.stdout}\n${error.stderr}`)
  })
}

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import type { Builder } from '@candor/image/builders'
import { bundlePrograms, bundleService } from '@candor/image/bundle'
import { entryPoints } from '@candor/image/entry-points'
import { makeImage } from '@candor/image/make-image'
import { readLockfile } from '@candor/image/npm-packages'
import { images, rootDir } from '@candor/image/places'
import type { Exit } from '@candor/local/processes/child'
import { some } from '@candor/testing/long-form'
import { pdfCharacters } from '@candor/testing/pdf-characters'
import { startTestNats } from '@candor/testing/test-nats'
import type { TestNats } from '@candor/testing/test-nats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyDatabase, environmentOf, runProgram } from './run-bundle.ts'
import { startThirdParties } from './start-third-parties.ts'

let work: string
let nats: TestNats
let thirdParties: Awaited<ReturnType<typeof startThirdParties>>
let identity: Running

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'candor-bundle-'))
  nats = await startTestNats()
  thirdParties = await startThirdParties()
  // The others ask it who may call them.
  await bundleService('identity', join(work, 'identity'), [])
  identity = await start('identity')
})

afterAll(async () => {
  await identity.stop()
  await thirdParties[Symbol.asyncDispose]()
  await nats[Symbol.asyncDispose]()
  await rm(work, { recursive: true, force: true })
})

const others = images.filter((service) => service !== 'identity')
describe.each(['identity', ...some(others, 1)])('the bundle of %s', (service) => {
  const folder = () => join(work, service)
  const bundle = () => join(folder(), 'bundle')
  const aside = () => join(folder(), 'aside')

  test('runs by Node with nothing beside it: migrates, gets ready, finds nothing wrong, and stops when told', async () => {
    if (service !== 'identity') await bundleService(service, folder(), [])
    const running = await start(service)
    const doctor = await runProgram(bundle(), 'doctor.mjs', running.env)
    expect(await doctor.exited, doctor.said()).toEqual({ code: 0, signal: null })
    expect(doctor.said()).toMatch(service === 'web' ? /ok +pages/ : /ok +readiness +ready/)
    expect(await running.stop()).toEqual({ code: 0, signal: null })
  })

  test('has a doctor who says what is not set, and not where in the program that was noticed', async () => {
    const doctor = await runProgram(bundle(), 'doctor.mjs')
    expect(await doctor.exited, doctor.said()).toEqual({ code: 1, signal: null })
    expect(doctor.said()).toMatch(new RegExp(`^${service} +WRONG +config [^]*HTTP_PORT: [^]*ConfigMap`))
    expect(doctor.said()).not.toMatch(/^ +at |\.mjs/m)
  })

  test('holds no sources, maps or packages, and nothing that only developers use', () => {
    const files = readdirSync(bundle(), { recursive: true, encoding: 'utf8' })
    expect(files.filter((file) => /node_modules|\.(ts|tsx|map)$/.test(file))).toEqual([])
    const sources = mapsIn(aside()).flatMap((map) => map.sources)
    expect(sources.length).toBeGreaterThan(100)
    const others = images.filter((other) => other !== service).map((other) => `services/${other}/`)
    const foreign = ['packages/local/', 'packages/testing/', 'packages/image/', '/test/', 'vitest', ...others]
    expect(sources.filter((source) => foreign.some((part) => source.includes(part)))).toEqual([])
  })

  test('has a bill of materials that names every package in it', () => {
    const { components } = JSON.parse(readFileSync(join(aside(), 'sbom.cdx.json'), 'utf8'))
    const listed = new Set(components.map(({ name }: { name: string }) => name))
    const used = mapsIn(aside())
      .flatMap(({ sources }) => sources)
      .map((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1])
    // What a package has taken into its own files is not installed.
    const installed = new Set(Object.keys(readLockfile()).map((path) => path.split('node_modules/').at(-1)))
    expect(used.filter((name) => installed.has(name) && !listed.has(name))).toEqual([])
    expect(listed.size).toBeGreaterThan(10)
  })
})

test("web's doctor misses what an image does not hold", async () => {
  const bundle = join(work, 'holes', 'bundle')
  await bundleService('web', join(work, 'holes'), [])
  await Promise.all(['pages/privacy.html', 'widget/widget-after.js'].map((file) => rm(join(bundle, file))))
  const doctor = await runProgram(bundle, 'doctor.mjs', { HTTP_PORT: '0', OPERATIONS_PORT: '0' })
  expect(await doctor.exited).toEqual({ code: 1, signal: null })
  expect(doctor.said()).toMatch(/WRONG +pages[^]*release[^]*WRONG +widget +1 of 3 [^]*- \/widget-after\.js /)
})

test('the same sources give the same bytes, in whatever folder', async () => {
  const [first, second] = [join(work, 'first'), join(work, 'another/second')]
  for (const folder of [first, second]) await bundleService('chat', folder, [])
  for (const part of ['bundle', 'aside/sbom.cdx.json']) {
    expect(filesIn(join(second, part))).toEqual(filesIn(join(first, part)))
  }
})

test('a document is written with the fonts that lie beside the bundle', async () => {
  const folder = join(work, 'document')
  const programs = { main: join(import.meta.dirname, 'write-a-document.ts') }
  await bundlePrograms(programs, { shipped: folder, aside: join(work, 'aside') })
  const program = await runProgram(folder, 'main.mjs')
  expect(await program.exited, program.said()).toEqual({ code: 0, signal: null })
  expect(pdfCharacters(Buffer.from(program.said(), 'base64'))).toContain('П')
})

test('every image brings the programs that its service has and those that all share', () => {
  const all = ['main', 'migrate', 'doctor', 'provision']
  for (const service of services) expect(Object.keys(entryPoints(service))).toEqual(all)
  expect(Object.keys(entryPoints('web'))).toEqual(['main', 'doctor'])
})

describe('the Dockerfile', () => {
  const text = readFileSync(join(rootDir, 'Dockerfile'), 'utf8')

  test('names each foreign image by its digest, and the Node that the project pins', () => {
    const bases = [...text.matchAll(/^ARG \w+_IMAGE=(.+)$/gm)].map(([, image]) => image!)
    expect(bases.filter((image) => !/@sha256:[0-9a-f]{64}$/.test(image))).toEqual([])
    const { node } = JSON.parse(readFileSync(join(rootDir, 'package.json'), 'utf8')).devDependencies
    expect(bases.filter((image) => image.includes(`:${node}-`))).toHaveLength(1)
  })

  test.each(images)('is told of %s what the image says of itself', async (service) => {
    const told: Record<string, string>[] = []
    const builder: Builder = { name: 'buildah', build: async (_, { args }) => void told.push(args) }
    await makeImage(builder, { service, tag: 'any', folder: work, revision: { name: 'r', epochSeconds: 0 } })
    const { DESCRIPTION, ...args } = told[0]!
    expect(DESCRIPTION).toMatch(/^[^"$\\]{20,120}$/)
    expect(args).toEqual({ SERVICE: service, VERSION: expect.any(String), REVISION: 'r' })
  })

  test('labels the image with what it is told', () => {
    const labels = [...text.matchAll(/org\.opencontainers\.image\.([a-z.]+)="(?:candor-)?\$\{(\w+)\}"/g)]
    expect(Object.fromEntries(labels.map(([, label, arg]) => [label, arg]))).toEqual({
      title: 'SERVICE',
      description: 'DESCRIPTION',
      version: 'VERSION',
      revision: 'REVISION',
      'base.name': 'BASE_IMAGE',
    })
  })

  test('ends as a user who is nobody else', () => {
    expect(text).toMatch(/^USER 10001:10001$/m)
  })
})

/** Migrates an empty database, starts the service, and waits until it is ready. */
async function start(service: string): Promise<Running> {
  const folder = join(work, service, 'bundle')
  await using stack = new AsyncDisposableStack()
  const { env, operations } = await environmentOf(service, nats, thirdParties.settings)
  if (service !== 'web') {
    const { urls } = stack.use(await emptyDatabase(service))
    Object.assign(env, urls)
    const migration = await runProgram(folder, 'migrate.mjs', env)
    expect(await migration.exited, migration.said()).toEqual({ code: 0, signal: null })
  }
  const main = await runProgram(folder, 'main.mjs', env)
  await main.ready(operations)
  const running = stack.move()
  return {
    env,
    async stop() {
      await using _ = running
      return await main.stop()
    },
  }
}

interface Running {
  readonly env: Record<string, string>
  stop(): Promise<Exit>
}

function filesIn(path: string): Record<string, string> {
  if (statSync(path).isFile()) return { [path.split('/').at(-1)!]: readFileSync(path, 'base64') }
  return Object.assign({}, ...readdirSync(path).map((name) => filesIn(join(path, name))))
}

function mapsIn(folder: string): { sources: string[] }[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.map'))
  return files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
}

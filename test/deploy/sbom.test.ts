import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundlePrograms } from '@candor/image/bundle'
import { entryPoints } from '@candor/image/entry-points'
import { writeMachineBase } from '@candor/image/machine-base'
import { images } from '@candor/image/places'
import { imageComponent, writeSbom } from '@candor/image/sbom'
import type { Component } from '@candor/image/sbom'
import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import { afterAll, beforeAll, expect, test } from 'vitest'

// By the schema of CycloneDX itself, which its own library brings along.

let work: string
beforeAll(async () => void (work = await mkdtemp(join(tmpdir(), 'candor-sbom-'))))
afterAll(() => rm(work, { recursive: true, force: true }))

test.each(images)('the bill of materials of %s is one by the rules of its format', async (service) => {
  const sbom = await sbomOf(service, [imageComponent(baseImage)])
  expect(await problemsOf(sbom)).toBeNull()
  const refs = sbom.components.map((component: Component) => component['bom-ref'])
  expect(refs.filter((ref: string, place: number) => refs.indexOf(ref) !== place)).toEqual([])
})

test.skipIf(process.platform !== 'linux')(
  "so is one of an image that stands on a machine's Node",
  async () => {
    const base = await writeMachineBase(join(work, 'base'))
    expect(await problemsOf(await sbomOf('web', base))).toBeNull()
  },
)

test.each<[string, (sbom: any) => void]>([
  ['a field that there is not', (sbom) => (sbom.components[0].licence = 'MIT')],
  ['a component without a name', (sbom) => delete sbom.components[0].name],
  ['a kind that there is not', (sbom) => (sbom.components[0].type = 'package')],
  ['half a hash', (sbom) => (sbom.components[0].hashes[0].content = 'ab12')],
  [
    'a licence by a name that is no id',
    (sbom) => (sbom.components[0].licenses = [{ license: { id: 'mit' } }]),
  ],
  ['a number that is no UUID', (sbom) => (sbom.serialNumber = 'urn:uuid:1')],
  ['a component that stands twice', (sbom) => sbom.components.push(sbom.components[0])],
])('and %s would be found', async (_what, change) => {
  const sbom = await sbomOf('web', [])
  change(sbom)
  expect(await problemsOf(sbom)).not.toBeNull()
})

async function sbomOf(service: string, base: readonly Component[]) {
  const folder = { shipped: join(work, service, 'bundle'), aside: join(work, service, 'aside') }
  const metafile = await bundlePrograms(entryPoints(service), folder)
  const file = join(folder.aside, 'sbom.cdx.json')
  await writeSbom(file, { service, metafile, base })
  return JSON.parse(await readFile(file, 'utf8'))
}

async function problemsOf(sbom: unknown) {
  return new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(JSON.stringify(sbom))
}

const baseImage = `registry.example:5000/node:24-slim@sha256:${'9e'.repeat(32)}`

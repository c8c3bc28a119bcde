import { quantity } from '@candor/deploy/checks/quantity'
import { describe, expect, test } from 'vitest'
import { installation, overlays } from './installation.ts'
import { kustomize } from './render.ts'
import type { Installation } from './installation.ts'

describe.skipIf(!kustomize).each(overlays)('in the overlay %s', (overlay) => {
  test('PostgreSQL writes nobody’s data into its log, and keeps pages in a part of its memory', async () => {
    const here = await installation(overlay)
    for (const { postgresql, resources } of clusters(here)) {
      const { parameters } = postgresql
      // What a statement holds is personal data; its settings are off by default unless they are named.
      expect(parameters).toMatchObject({
        log_min_error_statement: 'panic',
        log_parameter_max_length_on_error: '0',
      })
      const telling = [
        'log_statement',
        'log_min_duration_statement',
        'log_min_duration_sample',
        'log_duration',
      ]
      expect(Object.keys(parameters).filter((name) => telling.includes(name))).toEqual([])
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

function clusters({ ofKind }: Installation): any[] {
  return ofKind('Cluster').map(({ spec }) => spec)
}
